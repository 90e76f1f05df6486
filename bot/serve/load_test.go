package serve

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/bot/config"
	"sourceline/bot/inbox"
)

const (
	loadRate  = 1500 // questions a second
	loadRooms = 3000 // that they come from
)

var loadQuestions = []string{
	"how many passengers were rescued?", "how many people were injured?", "how many people were killed?",
	"how many submarines sank?", "when did the ferry run aground?", "passengers aboard?",
}

// timed is a platform that notes when each question was written and answered.
type timed struct {
	room
	began sync.Map // thread to time.Time
	mu    sync.Mutex
	took  []time.Duration
	left  atomic.Int64
	done  chan struct{}
}

func (p *timed) Post(_ context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	began, ok := p.began.LoadAndDelete(o.Conversation.Thread)
	if !ok {
		return "", fmt.Errorf("thread %s is answered twice", o.Conversation.Thread)
	}
	took := time.Since(began.(time.Time))
	p.mu.Lock()
	p.took = append(p.took, took)
	p.mu.Unlock()
	if p.left.Add(-1) == 0 {
		close(p.done)
	}
	return adapters.PostID("p" + o.Conversation.Thread), nil
}

// BenchmarkLoad writes questions at a steady rate and measures the whole path,
// from Put to the adapter's Post, on SQLite with full durability:
//
//	go test -run '^$' -bench Load -benchtime 90000x ./bot/serve   # a minute
func BenchmarkLoad(b *testing.B) {
	dir := b.TempDir()
	quiet := slog.New(slog.DiscardHandler)
	box, err := inbox.Open(b.Context(), filepath.Join(dir, "bot.db"), inbox.Options{Log: quiet})
	if err != nil {
		b.Fatal(err)
	}
	defer box.Close()
	platform := &timed{room: *newRoom(), done: make(chan struct{})}
	platform.left.Store(int64(b.N))
	s, err := New(b.Context(), Setup{
		Box: box, Folders: map[string]string{"": "../dialogue/testdata/corpus"},
		Adapters: map[string]adapters.Adapter{"test": platform},
		Room:     func(adapters.Conversation, bool) RoomSetting { return config.RoomSetting{Allowed: true} },
		Grace:    time.Second, Log: quiet, Corrections: true, Workers: config.Default().Limits.Workers,
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	stopped := make(chan error)
	go func() { stopped <- s.Run(ctx) }()
	in := <-platform.inbox

	var heap []uint64
	b.ResetTimer()
	began := time.Now()
	var writers sync.WaitGroup
	for i := range b.N {
		time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / loadRate)))
		if i%(10*loadRate) == 0 {
			heap = append(heap, heapNow())
		}
		writers.Go(func() {
			thread := fmt.Sprint(i)
			m := adapters.Message{ID: thread, Kind: adapters.Mention, Text: loadQuestions[i%len(loadQuestions)], Sender: "anna", Sent: time.Now(),
				Conversation: adapters.Conversation{Platform: "test", Room: fmt.Sprint("room", i%loadRooms), Thread: thread}}
			platform.began.Store(thread, time.Now())
			if err := in.Put(ctx, m); err != nil {
				b.Error(err)
			}
		})
	}
	writers.Wait()
	<-platform.done
	elapsed := time.Since(began)
	b.StopTimer()
	heap = append(heap, heapNow())
	cancel()
	if err := <-stopped; err != nil {
		b.Error(err)
	}
	slices.Sort(platform.took)
	at := func(q float64) float64 {
		return float64(platform.took[int(q*float64(len(platform.took)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(float64(b.N)/elapsed.Seconds(), "questions/s")
	b.ReportMetric(at(0.5), "p50-ms")
	b.ReportMetric(at(0.99), "p99-ms")
	b.ReportMetric(at(1), "max-ms")
	b.ReportMetric(float64(heap[0])/1e6, "heap-first-MB")
	b.ReportMetric(float64(heap[len(heap)-1])/1e6, "heap-last-MB")
}

func heapNow() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}
