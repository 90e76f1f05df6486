// Command load measures how many questions a second the bot answers, through
// the whole way: an adapter that puts them into a durable inbox, workers, and
// back to the adapter's post.
//
//	go run ./internal/load                                   1,500 a second for a minute, on SQLite
//	go run ./internal/load -rate 0 -outstanding 256          as many as it can
//	go run ./internal/load -corpus corpus/articles           with the whole bot, instead of an answer that costs nothing
//	go run ./internal/load -corpus corpus/articles -questions questions.jsonl
//	                                                         the questions of a file, one after the other
//	go run ./internal/load -db postgres://user@host/database
//
// A question's time is counted from the moment at which it was due, so that a
// stall counts for every question that had to wait for it. The command exits
// with 1 where a question was lost or answered twice, or where -p99 is missed.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"time"

	"sourceline/adapters"
	"sourceline/bot/inbox"
	"sourceline/bot/serve"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// Settings are what is measured.
type settings struct {
	rate        float64
	span        time.Duration
	outstanding int
	threads     int
	database    string
	corpus      string
	question    string
	file        string
	questions   []string // that are asked in turn
	handlers    int
	p99         time.Duration
	profile     string
}

func parse(args []string, stderr io.Writer) (settings, error) {
	var s settings
	f := flag.NewFlagSet("load", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Float64Var(&s.rate, "rate", 1500, "questions a second; 0 for as many as are answered")
	f.DurationVar(&s.span, "for", time.Minute, "how long")
	f.IntVar(&s.outstanding, "outstanding", 512, "questions that are asked and not answered, at most")
	f.IntVar(&s.threads, "threads", 0, "threads that the questions are spread over; 0: each opens one")
	f.StringVar(&s.database, "db", "", "SQLite file or postgres:// address; a new temporary file where empty")
	f.StringVar(&s.corpus, "corpus", "", "folder of articles: measures the whole bot")
	f.StringVar(&s.question, "question", "how many people were killed?", "what is asked")
	f.StringVar(&s.file, "questions", "", "file of questions to ask in turn instead, JSON objects with a \"question\", one a line")
	f.IntVar(&s.handlers, "handlers", 0, "questions handled at once; 0: the inbox's default")
	f.DurationVar(&s.p99, "p99", 50*time.Millisecond, "fail where the 99th percentile is over this; 0: do not")
	f.StringVar(&s.profile, "cpuprofile", "", "write a CPU profile to this file")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	if f.NArg() > 0 {
		return s, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	s.questions = []string{s.question}
	if s.file == "" {
		return s, nil
	}
	var err error
	s.questions, err = readQuestions(s.file)
	return s, err
}

// readQuestions reads a file of JSON objects, one a line.
func readQuestions(path string) ([]string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var questions []string
	for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var row struct{ Question string }
		if err := json.Unmarshal([]byte(line), &row); err != nil || row.Question == "" {
			return nil, fmt.Errorf("%s:%d: no object with a question: %v", path, n+1, err)
		}
		questions = append(questions, row.Question)
	}
	return questions, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parse(args, stderr)
	if err != nil {
		return err
	}
	if s.database == "" {
		folder, err := os.MkdirTemp("", "load")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		s.database = filepath.Join(folder, "inbox.db")
	}
	if s.profile != "" {
		f, err := os.Create(s.profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	m := newMeter(s)
	box, err := inbox.Open(ctx, s.database, inbox.Options{Observe: m.stage, Log: log})
	if err != nil {
		return err
	}
	defer box.Close()
	if err := measure(ctx, s, m, box, log); err != nil {
		return err
	}
	stats, err := box.Stats(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	return m.report(stdout, s, stats, fileSize(s.database))
}

// measure asks and answers until all is answered.
func measure(ctx context.Context, s settings, m *meter, box *inbox.Box, log *slog.Logger) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a := &adapter{meter: m, settings: s}
	done := make(chan error, 1)
	if s.corpus == "" {
		go func() { done <- box.Work(ctx, inbox.Worker{Handle: standIn, Post: a.Post, Handlers: s.handlers}) }()
		go func() {
			if err := a.Run(ctx, box); errors.Is(err, io.EOF) {
				cancel()
			}
		}()
		return <-done
	}
	server, err := serve.New(ctx, serve.Setup{
		Box: box, Folders: map[string]string{"": s.corpus}, Adapters: map[string]adapters.Adapter{platform: a},
		Room:   func(adapters.Conversation, bool) serve.RoomSetting { return serve.RoomSetting{Allowed: true} },
		Quotes: 4, Workers: s.handlers, Grace: 10 * time.Second, Log: log,
	})
	if err != nil {
		return err
	}
	return server.Run(ctx)
}

// standIn is an answer of the usual size that costs nothing to find.
func standIn(_ context.Context, it inbox.Item) (inbox.Result, error) {
	quote := func(line int) adapters.Quote {
		return adapters.Quote{Text: strings.Repeat("The fire service said some 300 people had left their homes. ", 4), Highlight: [][2]int{{22, 37}},
			Source: adapters.Source{Name: "The Daily Post", Title: "Fire near the lake", URL: "https://example.org/fire", Date: "3 May 2021", Line: line}}
	}
	return inbox.Result{Outcome: inbox.Answered, State: []byte(`{"question":"how many people left?"}`), Posts: []inbox.Post{{
		Reply: adapters.Reply{Parts: []adapters.Part{
			adapters.Headline{Text: "some 300", Summary: "people left their homes"},
			adapters.Paragraph{Text: "3 articles agree."}, quote(3), quote(7), quote(12),
		}},
		Facts: []inbox.Fact{{ID: "fire:100-160", Article: "fire"}, {ID: "lake:10-90", Article: "lake"}},
	}}}, nil
}

// fileSize is the size of a SQLite file with its log; 0 for a server.
func fileSize(path string) int64 {
	var n int64
	for _, suffix := range []string{"", "-wal"} {
		if info, err := os.Stat(path + suffix); err == nil {
			n += info.Size()
		}
	}
	return n
}
