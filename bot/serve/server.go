// Package serve runs the bot: adapters that take messages in, workers that
// answer them, corpora that are renewed, corrections, health and metrics.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/trace"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/bot/config"
	"sourceline/bot/dialogue"
	"sourceline/bot/inbox"
	"sourceline/bot/shelf"
)

// RoomSetting is how a room is served.
type RoomSetting = config.RoomSetting

// A Setup is what a Server is made of.
type Setup struct {
	Box       *inbox.Box
	Folders   map[string]string           // of the corpora, by name; see shelf.Open
	Snapshots string                      // folder of the snapshots of corpora; "" for none
	Adapters  map[string]adapters.Adapter // by their Conversation.Platform
	Room      func(c adapters.Conversation, direct bool) RoomSetting

	Locale      string // where neither room nor sender has one
	PerMinute   int    // answers in one room; 0 for no limit
	Quotes      int    // lines shown at first
	Corrections bool
	Workers     int           // questions answered at once
	Grace       time.Duration // for claimed work, once told to stop
	Watch       bool          // renew a corpus when its folder changes
	Settle      time.Duration // and has been quiet so long
	Listen      string        // address of health and metrics; "" for none

	Tracer  trace.Tracer // nil for none
	Metrics *Metrics     // NewMetrics where nil
	Log     *slog.Logger // slog.Default() where nil
	Now     func() time.Time
}

// A Server is a bot that runs.
type Server struct {
	Setup
	Shelf     *shelf.Shelf
	talk      *dialogue.Dialogue
	entrances []*entrance
	store     adapters.Store
	changed   chan *shelf.Book // corpora that were swapped, for corrections
	stopping  atomic.Bool
	posters   int // posts made at once; 0 for the inbox's default
}

// examplesKept is how many questions are found for those who are new.
const examplesKept = 6

// New builds the corpora and makes everything ready. Run starts it.
func New(ctx context.Context, setup Setup) (*Server, error) {
	s := &Server{Setup: setup, changed: make(chan *shelf.Book, 16)}
	if s.Log == nil {
		s.Log = slog.Default()
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Metrics == nil {
		s.Metrics = NewMetrics()
	}
	var err error
	s.Shelf, err = shelf.Open(ctx, s.Folders, shelf.Options{
		Log: s.Log, Now: s.Now, Snapshots: s.Snapshots,
		Examples: func(ctx context.Context, b *answers.Base) []string { return dialogue.Examples(ctx, b, examplesKept) },
		Swapped:  func(_, b *shelf.Book) { s.changed <- b },
	})
	if err != nil {
		return nil, err
	}
	s.talk = dialogue.New(dialogue.Options{PerMinute: s.PerMinute, Locale: s.Locale, Now: s.Now})
	s.store = s.Box.Store(correctionStore)
	for _, name := range slices.Sorted(maps.Keys(s.Adapters)) {
		s.entrances = append(s.entrances, newEntrance(name, s.Adapters[name]))
	}
	err = s.Metrics.Registry.Register(&states{queue: s.Box, shelf: s.Shelf, entrances: s.entrances, now: s.Now})
	return s, err
}

// Run serves until ctx ends, or until every adapter came to the end of its
// input and all is answered. Then it takes no new work, finishes what is
// claimed within Grace, and stops the adapters.
func (s *Server) Run(ctx context.Context) error {
	work, stopWork := context.WithCancel(ctx)
	defer stopWork()
	others, stopOthers := context.WithCancel(context.WithoutCancel(ctx)) // outlive the work: posts need them
	defer stopOthers()
	var running sync.WaitGroup
	if s.Listen != "" {
		l, err := net.Listen("tcp", s.Listen)
		if err != nil {
			return fmt.Errorf("health and metrics: %w", err)
		}
		s.Log.Info("health and metrics", "address", l.Addr().String())
		running.Go(func() {
			if err := s.serveHTTP(others, l); err != nil {
				s.Log.Error("health and metrics stopped", "err", err)
			}
		})
	}
	running.Go(func() { s.correctAll(others) })
	if s.Watch {
		running.Go(func() {
			if err := s.Shelf.Watch(others, s.Settle); err != nil {
				s.Log.Error("corpus folders are not watched; SIGHUP still renews them", "err", err)
			}
		})
	}
	ended := s.open(others, &running)
	go func() {
		select {
		case <-ended:
			s.drain(work)
			stopWork()
		case <-work.Done():
		}
	}()
	err := s.Box.Work(work, inbox.Worker{Handle: s.handle, Post: s.post, Handlers: s.Workers, Posters: s.posters, Grace: max(s.Grace, time.Millisecond)})
	s.stopping.Store(true)
	stopOthers()
	running.Wait()
	return err
}

// open runs the adapters. The channel is closed when each came to the end of
// its input.
func (s *Server) open(ctx context.Context, running *sync.WaitGroup) <-chan struct{} {
	ended := make(chan struct{})
	var all sync.WaitGroup
	for _, e := range s.entrances {
		all.Add(1)
		running.Go(func() {
			restarted := func() { s.Metrics.restarts.WithLabelValues(e.name).Inc() }
			if err := e.supervise(ctx, s.Box, s.Log, restarted); errors.Is(err, io.EOF) {
				all.Done() // an adapter that stopped for another reason is no end
			}
		})
	}
	if len(s.entrances) > 0 {
		go func() { all.Wait(); close(ended) }()
	}
	return ended
}

// drainPoll is how often to look whether all is answered.
const drainPoll = 20 * time.Millisecond

// drain waits until every message is answered and every answer posted.
func (s *Server) drain(ctx context.Context) {
	for ctx.Err() == nil {
		if st, err := s.Box.Stats(ctx); err == nil && st.Messages == 0 && st.Posts == 0 {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(drainPoll):
		}
	}
}

// Reload renews the corpora that have changed.
func (s *Server) Reload(ctx context.Context) error { return s.Shelf.Reload(ctx) }

// correctAll sends corrections for what changed while the program was down,
// and then for each corpus that is swapped.
func (s *Server) correctAll(ctx context.Context) {
	if !s.Corrections {
		for {
			select {
			case <-ctx.Done():
				return
			case <-s.changed:
			}
		}
	}
	for _, name := range s.Shelf.Names() {
		s.correctBook(ctx, s.Shelf.Book(name))
	}
	for {
		select {
		case <-ctx.Done():
			return
		case b := <-s.changed:
			s.correctBook(ctx, b)
		}
	}
}

func (s *Server) correctBook(ctx context.Context, b *shelf.Book) {
	if err := s.correct(ctx, b); err != nil && ctx.Err() == nil {
		s.Log.Error("corrections were not sent; they are tried with the next change of the corpus or the next start", "corpus", b.Name, "err", err)
	}
}
