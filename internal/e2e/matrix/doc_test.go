// Package matrix_test lets the bot's inbox and its Matrix adapter go through
// crashes together. Run it with .ci/matrix.
package matrix_test
