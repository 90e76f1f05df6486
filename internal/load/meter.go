package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"sourceline/bot/inbox"
)

// most is how many questions are measured at most where there is no rate.
const most = 2_000_000

// A meter keeps times and memory. All its space is taken beforehand, so that
// what grows is the bot.
type meter struct {
	began    time.Time
	answered func() // gives back what bounds the questions under way

	mu     sync.Mutex
	asks   []time.Duration // when each was due
	took   []time.Duration // until it was posted; 0: not yet
	left   int             // asked, not posted
	twice  int
	last   time.Duration // when the last was posted
	stages map[inbox.Stage]*histogram
	memory []sample
	cpu    time.Duration // used before it began
	busy   time.Duration // by the whole machine, before it began
}

// A sample is the memory at a moment.
type sample struct {
	at        time.Duration
	resident  int64 // bytes, of the process
	heap      int64 // bytes, of live and dead objects
	questions int
}

func newMeter(s settings) *meter {
	n := most
	if s.rate > 0 {
		n = int(s.rate*s.span.Seconds()) + 1
	}
	return &meter{asks: make([]time.Duration, 0, n), took: make([]time.Duration, 0, n), stages: map[inbox.Stage]*histogram{}}
}

// sampleInterval is how often memory is looked at.
const sampleInterval = 5 * time.Second

// begin starts the time.
func (m *meter) begin() {
	for i := range cap(m.took) { // touch it now, so that the memory counts from the start
		m.took, m.asks = append(m.took, 0), append(m.asks, 0)
		_ = i
	}
	m.took, m.asks = m.took[:0], m.asks[:0]
	m.cpu, m.busy = cpuTime(), busyTime()
	m.began = time.Now()
	go func() {
		for {
			time.Sleep(sampleInterval)
			m.sample()
		}
	}()
}

func (m *meter) sample() {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.memory = append(m.memory, sample{time.Since(m.began), resident(), int64(stats.HeapAlloc), len(m.took)})
}

// asked notes that question n is due; false where there is no more room.
func (m *meter) asked(n int, due time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if n == cap(m.took) {
		return false
	}
	m.asks, m.took = append(m.asks, due.Sub(m.began)), append(m.took, 0)
	m.left++
	return true
}

// posted notes that question n is answered.
func (m *meter) posted(n int) {
	m.mu.Lock()
	now := time.Since(m.began)
	if m.took[n] != 0 {
		m.twice++
		m.mu.Unlock()
		return
	}
	m.took[n] = now - m.asks[n]
	m.last = now
	m.left--
	m.mu.Unlock()
	m.answered()
}

// await waits until all is answered.
func (m *meter) await(ctx context.Context) {
	for end := time.Now().Add(30 * time.Second); ctx.Err() == nil && time.Now().Before(end); time.Sleep(time.Millisecond) {
		m.mu.Lock()
		left := m.left
		m.mu.Unlock()
		if left == 0 {
			return
		}
	}
}

// stage is an inbox's Observe.
func (m *meter) stage(s inbox.Stage, took time.Duration, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := m.stages[s]
	if h == nil {
		h = new(histogram)
		m.stages[s] = h
	}
	h.add(took)
}

// report prints what was measured, and fails where it is not good enough.
func (m *meter) report(w io.Writer, s settings, stats inbox.Stats, size int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	cpu, others := cpuTime()-m.cpu, busyTime()-m.busy
	others -= cpu
	times := slices.Clone(m.took)
	slices.Sort(times)
	n := len(times)
	if n == 0 {
		return fmt.Errorf("nothing was asked")
	}
	at := func(q float64) time.Duration { return times[min(n-1, int(q*float64(n)))].Round(10 * time.Microsecond) }
	what := "an answer that costs nothing"
	if s.corpus != "" {
		what = fmt.Sprintf("the whole bot on %s, %d different questions", s.corpus, len(s.questions))
	}
	database, _, _ := strings.Cut(s.database, "?")
	if inbox.IsPostgres(s.database) {
		database = "PostgreSQL"
	}
	fmt.Fprintf(w, "%s, %s\n", what, database)
	fmt.Fprintf(w, "questions   %d in %.1f s: %.0f/s; %d not answered, %d answered twice\n", n, m.last.Seconds(), float64(n-m.left)/m.last.Seconds(), m.left, m.twice)
	fmt.Fprintf(w, "due to post p50 %v, p90 %v, p99 %v, p99.9 %v, max %v\n", at(.5), at(.9), at(.99), at(.999), times[n-1].Round(10*time.Microsecond))
	for _, stage := range slices.Sorted(maps.Keys(m.stages)) {
		h := m.stages[stage]
		fmt.Fprintf(w, "  %-9s p50 %v, p99 %v\n", stage, h.quantile(.5), h.quantile(.99))
	}
	wall := m.last.Seconds()
	fmt.Fprintf(w, "processor   %.2f of %d cores, %.0f µs a question; other processes used %.2f cores\n",
		cpu.Seconds()/wall, runtime.NumCPU(), cpu.Seconds()*1e6/float64(n), others.Seconds()/wall)
	fmt.Fprintf(w, "commits     %.0f/s of %.1f operations, %.2f ms each; the writer waits for them %.0f%% of the time\n",
		float64(stats.Commits)/wall, float64(stats.Operations)/float64(max(1, stats.Commits)),
		stats.Committing.Seconds()*1e3/float64(max(1, stats.Commits)), 100*stats.Committing.Seconds()/wall)
	m.printMemory(w)
	if size > 0 {
		fmt.Fprintf(w, "database    %d MB, %d bytes a question\n", size>>20, size/int64(n))
	}
	switch {
	case m.left > 0 || m.twice > 0:
		return fmt.Errorf("%d questions were not answered, %d twice", m.left, m.twice)
	case s.p99 > 0 && at(.99) > s.p99:
		return fmt.Errorf("the 99th percentile is %v, over %v", at(.99), s.p99)
	}
	return nil
}

// printMemory prints the samples, with the 99th percentile since the one
// before.
func (m *meter) printMemory(w io.Writer) {
	before := 0
	for _, x := range m.memory {
		slice := slices.Clone(m.took[before:max(before+1, min(x.questions, len(m.took)))])
		slices.Sort(slice)
		fmt.Fprintf(w, "memory      after %2.0f s and %d questions: %d MB resident, %d MB heap (p99 since %v)\n", x.at.Seconds(), x.questions,
			x.resident>>20, x.heap>>20, slice[len(slice)*99/100].Round(10*time.Microsecond))
		before = min(x.questions, len(m.took)-1)
	}
}

// A histogram counts times in steps of a tenth of their size.
type histogram struct {
	counts [400]int
	n      int
}

// step is how much longer each bucket is than the one before.
const step = 1.1

func (h *histogram) add(d time.Duration) {
	i := 0
	for limit := float64(time.Microsecond); float64(d) > limit && i < len(h.counts)-1; limit *= step {
		i++
	}
	h.counts[i]++
	h.n++
}

// quantile is the upper bound of the bucket in which the quantile lies.
func (h *histogram) quantile(q float64) time.Duration {
	seen, limit := 0, float64(time.Microsecond)
	for _, c := range h.counts {
		if seen += c; float64(seen) >= q*float64(h.n) {
			break
		}
		limit *= step
	}
	return time.Duration(limit).Round(10 * time.Microsecond)
}

// cpuTime is the processor time that this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// busyTime is the processor time that was used on the whole machine; 0 where
// the system does not tell in /proc.
func busyTime() time.Duration {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	var name string
	var user, nice, system, idle, wait, irq, soft, steal int64 // in hundredths of a second
	if _, err := fmt.Sscan(string(data), &name, &user, &nice, &system, &idle, &wait, &irq, &soft, &steal); err != nil {
		return 0
	}
	return time.Duration(user+nice+system+irq+soft+steal) * 10 * time.Millisecond
}

// resident is the resident memory of this process; 0 where the system does
// not tell in /proc.
func resident() int64 {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages int64
	if _, err := fmt.Sscan(string(data), &size, &pages); err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
