//go:build !linux

package bench

import "time"

// processorTime is not known here.
func processorTime() time.Duration { return 0 }

// programTime is not known here.
func programTime() time.Duration { return 0 }
