package serve

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sourceline/adapters"
	"sourceline/adapters/terminal"
	"sourceline/bot/config"
	"sourceline/bot/inbox"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestScripts plays conversations through the terminal adapter with the whole
// bot behind it. A script's lines are those of the adapter (see its package
// comment), each answered before the next, and these of our own:
//
//	! config                   the bot starts again with the settings of config.toml
//	! copy FILE                the file of the archive replaces that article
//	! remove FILE              that article is gone
//	! reload                   the articles are read again, and corrections sent
//	! restart                  the bot stops and starts again
//
// The output has the lines, after "$ ", and what was posted then, without the
// choices: which questions are offered is not the bot's to decide.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/scripts/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := newPlay(t, ar)
			got := p.play()
			want := p.file("output")
			if *update {
				p.set("output", got)
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// A play is a script and the bot that it is played to.
type play struct {
	t      *testing.T
	ar     *txtar.Archive
	dir    string
	cfg    *config.Config
	server *Server
	out    safeBuffer
	lines  *io.PipeWriter
	stop   func()
}

// safeBuffer is a strings.Builder for several goroutines.
type safeBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func newPlay(t *testing.T, ar *txtar.Archive) *play {
	p := &play{t: t, ar: ar, dir: t.TempDir(), cfg: config.Default()}
	if err := os.CopyFS(filepath.Join(p.dir, "articles"), os.DirFS("../dialogue/testdata/corpus")); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *play) file(name string) string {
	for _, f := range p.ar.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func (p *play) set(name, text string) {
	for i, f := range p.ar.Files {
		if f.Name == name {
			p.ar.Files[i].Data = []byte(text)
			return
		}
	}
	p.ar.Files = append(p.ar.Files, txtar.File{Name: name, Data: []byte(text)})
}

// start starts the bot with a console of its own.
func (p *play) start() {
	p.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	log := slog.New(slog.NewTextHandler(testLog{p.t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	box, err := inbox.Open(ctx, filepath.Join(p.dir, "bot.db"), inbox.Options{Log: log})
	if err != nil {
		p.t.Fatal(err)
	}
	in, lines := io.Pipe()
	p.lines = lines
	screen := terminal.New(terminal.NewConsole(in, &p.out), box.Store(terminal.Name),
		terminal.Options{Script: true, TextOptions: adapters.TextOptions{Width: 100}})
	cfg := p.cfg
	p.server, err = New(ctx, Setup{
		Box: box, Folders: map[string]string{"": filepath.Join(p.dir, "articles"), "built": ""},
		Adapters: map[string]adapters.Adapter{terminal.Name: screen},
		Room: func(c adapters.Conversation, direct bool) RoomSetting {
			if direct {
				return cfg.DirectRoom()
			}
			return cfg.Room(c.Platform, c.Workspace, c.Room)
		},
		Locale: cfg.Answers.Locale, PerMinute: cfg.Limits.AnswersPerMinute, Quotes: cfg.Answers.Quotes,
		Corrections: cfg.Answers.Corrections, Grace: time.Second, Log: log,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	p.server.posters = 1 // so that the order in which threads are posted to is fixed
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := p.server.Run(ctx); err != nil {
			p.t.Errorf("Run: %v", err)
		}
	}()
	p.stop = func() {
		cancel()
		<-done
		in.Close()
		if err := box.Close(); err != nil {
			p.t.Errorf("Close: %v", err)
		}
	}
	p.corrected()
}

// play plays the script and returns what was said.
func (p *play) play() string {
	p.start()
	defer func() { p.stop() }()
	for line := range strings.Lines(p.file("script")) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "# ") {
			fmt.Fprintln(&p.out, line)
			continue
		}
		shown := line
		if len(shown) > 100 {
			shown = shown[:100] + "…"
		}
		fmt.Fprintln(&p.out, "$ "+shown)
		if directive, ok := strings.CutPrefix(line, "! "); ok {
			p.do(strings.Fields(directive))
		} else {
			p.say(line)
		}
		p.settle()
	}
	return choice.ReplaceAllString(p.out.String(), "")
}

// choice is a line of choices as the terminal prints it in scripts, and the
// empty line before the first.
var choice = regexp.MustCompile(`(?m)(^  \n)?(^  - .*\n)+`)

// say writes a line and waits until it was taken. The console reads one line
// ahead, and another waits in the pipe: when the second comment is in, the
// line was put.
func (p *play) say(line string) {
	p.t.Helper()
	for _, l := range []string{line, "# ", "# "} {
		if _, err := io.WriteString(p.lines, l+"\n"); err != nil {
			p.t.Fatal(err)
		}
	}
}

// settle waits until every message is answered and every answer posted.
func (p *play) settle() {
	p.t.Helper()
	eventually(p.t, "the answer", func() bool {
		st, err := p.server.Box.Stats(context.Background())
		return err == nil && st.Messages == 0 && st.Posts == 0
	})
}

func (p *play) do(words []string) {
	p.t.Helper()
	article := func() string { return filepath.Join(p.dir, "articles", words[1]) }
	switch words[0] {
	case "config":
		cfg, err := config.Parse("config.toml", p.file("config.toml"))
		if err != nil {
			p.t.Fatal(err)
		}
		p.stop()
		p.cfg = cfg
		p.start()
	case "copy":
		if err := os.WriteFile(article(), []byte(p.file(words[1])), 0o644); err != nil {
			p.t.Fatal(err)
		}
	case "remove":
		if err := os.Remove(article()); err != nil {
			p.t.Fatal(err)
		}
	case "reload":
		if err := p.server.Reload(context.Background()); err != nil {
			fmt.Fprintln(&p.out, strings.ReplaceAll(err.Error(), p.dir, "DIR"))
			return
		}
		p.corrected()
	case "restart":
		p.stop()
		p.start()
	default:
		p.t.Fatalf("unknown directive %q", words)
	}
}

// corrected waits until the corpora have been compared with what they were.
func (p *play) corrected() {
	p.t.Helper()
	if !p.server.Corrections {
		return
	}
	eventually(p.t, "the comparison of the corpora", func() bool {
		for _, name := range p.server.Shelf.Names() {
			got, known, err := load[archive](context.Background(), p.server.store, articlesKey+name)
			if err != nil || !known || !cmp.Equal(got, archiveOf(p.server.Shelf.Book(name), got)) {
				return false
			}
		}
		return true
	})
}
