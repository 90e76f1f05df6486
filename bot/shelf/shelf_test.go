package shelf

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sourceline/answers"
)

const (
	rain = "Rain in May\n\nIt rained for 3 days in May.\n"
	snow = "Snow in May\n\nIt snowed for 5 days in May.\n"
)

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// open opens a shelf with one corpus, and counts its swaps.
func open(t *testing.T, folder string) (*Shelf, chan *Book) {
	t.Helper()
	swaps := make(chan *Book, 10)
	s, err := Open(t.Context(), map[string]string{"": folder}, Options{
		Log: slog.New(slog.DiscardHandler), Swapped: func(_, b *Book) { swaps <- b },
		Examples: func(context.Context, *answers.Base) []string { return []string{"how many days?"} },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, swaps
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "rain.txt", rain)
	write(t, dir, "broken.md", "---\ndate: not a date\n---\nNothing.\n")
	s, _ := open(t, dir)
	b := s.Book("")
	if len(b.All) != 1 || b.Usable("rain") == nil || b.Usable("broken") != nil {
		t.Errorf("articles: %v", b.All)
	}
	if len(b.Problems) != 1 || !strings.Contains(b.Problems[0].Error(), "broken.md") {
		t.Errorf("problems: %v", b.Problems)
	}
	if len(b.Examples) != 1 || b.Built.IsZero() {
		t.Errorf("examples %q, built %s", b.Examples, b.Built)
	}
	if s.Book("other") != nil {
		t.Error("there is a book of an unknown name")
	}
	for _, folder := range []string{filepath.Join(dir, "gone"), t.TempDir()} {
		if _, err := Open(t.Context(), map[string]string{"": folder}, Options{}); err == nil || !strings.Contains(err.Error(), folder) {
			t.Errorf("%s: %v", folder, err)
		}
	}
}

func TestReload(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "rain.txt", rain)
	s, swaps := open(t, dir)
	old := s.Book("")

	if err := s.Reload(t.Context()); err != nil || s.Book("") != old || len(swaps) != 0 {
		t.Errorf("without a change: %v, %d swaps", err, len(swaps))
	}
	write(t, dir, "snow.txt", snow)
	if err := s.Reload(t.Context()); err != nil || s.Book("") == old || len(swaps) != 1 {
		t.Errorf("with a new article: %v, %d swaps", err, len(swaps))
	}
	if n := len(old.Articles()); n != 1 {
		t.Errorf("the old book has %d articles now", n)
	}
	write(t, dir, "snow.md", "---\nstatus: withdrawn\n---\n"+snow)
	now := s.Book("")
	if err := s.Reload(t.Context()); err == nil || s.Book("") != now || s.Failure("") == nil {
		t.Errorf("two articles of one ID: error %v, failure %v", err, s.Failure(""))
	}
	if err := os.Remove(filepath.Join(dir, "snow.txt")); err != nil {
		t.Fatal(err)
	}
	if err := s.Reload(t.Context()); err != nil || s.Failure("") != nil {
		t.Errorf("mended: error %v, failure %v", err, s.Failure(""))
	}
	if b := s.Book(""); b.All["snow"] == nil || b.Usable("snow") != nil || len(b.Articles()) != 1 {
		t.Error("a withdrawn article is answered from")
	}
}

func TestWatch(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "articles")
	write(t, dir, "rain.txt", rain)
	s, swaps := open(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- s.Watch(ctx, 20*time.Millisecond) }()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	swapped := func(what string, articles int) {
		t.Helper()
		for end := time.After(10 * time.Second); ; {
			select {
			case b := <-swaps:
				if len(b.Articles()) == articles {
					return
				}
			case <-end:
				t.Fatalf("%s was not seen", what)
			}
		}
	}
	// The watch may not have begun yet: write until it has.
	for begun := false; !begun; {
		write(t, dir, "snow.txt", snow)
		select {
		case <-swaps:
			begun = true
		case <-time.After(100 * time.Millisecond):
			os.Remove(filepath.Join(dir, "snow.txt"))
		}
	}
	write(t, dir, "third.txt", "Hail\n\nIt hailed for 2 hours in May.\n")
	swapped("a new file", 3)
	if err := os.Remove(filepath.Join(dir, "snow.txt")); err != nil {
		t.Fatal(err)
	}
	swapped("a file that went", 2)

	// The whole folder is replaced, as a deployment does it.
	next := dir + ".next"
	write(t, next, "snow.txt", snow)
	if err := os.Rename(dir, dir+".old"); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, dir); err != nil {
		t.Fatal(err)
	}
	swapped("another folder in its place", 1)
	write(t, dir, "rain.txt", rain)
	swapped("a file in the other folder", 2)
}

// TestSnapshots: the second start reads what the first one found; a changed
// folder and a damaged file are built anew, and the log says why.
func TestSnapshots(t *testing.T) {
	dir, saved := t.TempDir(), filepath.Join(t.TempDir(), "snapshots")
	write(t, dir, "rain.txt", rain)
	start := func() (*Book, string) {
		var log strings.Builder
		s, err := Open(t.Context(), map[string]string{"": dir, "built": ""}, Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Snapshots: saved})
		if err != nil {
			t.Fatal(err)
		}
		return s.Book(""), log.String()
	}
	says := func(when, want string) {
		t.Helper()
		b, log := start()
		if !strings.Contains(log, want) {
			t.Errorf("%s: the log does not say %q:\n%s", when, want, log)
		}
		if a, err := b.Ask(t.Context(), "how many days did it rain?"); err != nil || !strings.Contains(a.Headline, "3") {
			t.Errorf("%s: %q, %v", when, a.Headline, err)
		}
	}
	says("the first start", "no snapshot")
	says("the second start", "read from its snapshot")
	write(t, dir, "snow.txt", snow)
	says("an article more", "made from other articles")
	says("and once more", "read from its snapshot")
	files, err := os.ReadDir(saved)
	if err != nil || len(files) != 1 {
		t.Fatalf("snapshots: %v, %v", files, err)
	}
	write(t, saved, files[0].Name(), "damaged")
	says("a damaged file", "damaged")
	says("mended", "read from its snapshot")
}
