package bench

import (
	"time"

	"golang.org/x/sys/unix"
)

// processorTime is what this thread has used of a processor: on a machine that
// does other things too it tells more of a question than the time that passed.
func processorTime() time.Duration { return clock(unix.CLOCK_THREAD_CPUTIME_ID) }

// programTime is what all threads have used of the processors.
func programTime() time.Duration { return clock(unix.CLOCK_PROCESS_CPUTIME_ID) }

func clock(id int32) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(id, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
