// Package bot is the program: its commands, and how its parts are wired.
package bot
