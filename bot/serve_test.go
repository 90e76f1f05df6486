package bot

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// output is what a running program has written so far.
type output struct {
	mu sync.Mutex
	b  strings.Builder
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) wait(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		o.mu.Lock()
		found := strings.Contains(o.b.String(), text)
		o.mu.Unlock()
		if found {
			return
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	t.Fatalf("no %q in:\n%s", text, o.b.String())
}

// TestSignals: SIGHUP reads the articles again, SIGTERM ends the program in
// good order.
func TestSignals(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "articles"), 0o755); err != nil {
		t.Fatal(err)
	}
	const article = "Old Pit\n\nCrews rescued 12 miners on Tuesday.\n"
	write("articles/mine.txt", article)
	write("c.toml", "[corpus]\npath = \"articles\"\nwatch = false\n[terminal]\nenabled = true\n[http]\nlisten = \"\"\n")
	in, lines := io.Pipe()
	defer lines.Close()
	var stdout, stderr output
	type end struct {
		code int
		err  error
	}
	ended := make(chan end)
	go func() {
		code, err := Main(t.Context(), []string{"serve", "--config", filepath.Join(dir, "c.toml")}, in, &stdout, &stderr, "")
		ended <- end{code, err}
	}()
	stderr.wait(t, "msg=serving")
	if _, err := io.WriteString(lines, "how many miners were rescued?\n"); err != nil {
		t.Fatal(err)
	}
	stdout.wait(t, "12 · ")

	write("articles/mine.txt", strings.Replace(article, "12", "13", 1))
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	stderr.wait(t, "corpus renewed")
	stdout.wait(t, "Correction: a line")
	stdout.wait(t, "[13 miners]")

	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case e := <-ended:
		if e.code != exitAnswered || e.err != nil {
			t.Errorf("ended with code %d, %v", e.code, e.err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it did not end")
	}
}
