//go:build !matrixe2e

package matrix

import "time"

// Against a fake homeserver nothing needs time to settle.
func init() {
	settleTime = 100 * time.Millisecond
	copyLooks = []time.Duration{200 * time.Millisecond, time.Second, time.Minute}
}
