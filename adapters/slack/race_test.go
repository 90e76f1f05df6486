//go:build race

package slack

// raceEnabled says that the race detector slows everything down.
const raceEnabled = true
