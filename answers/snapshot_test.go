package answers_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sourceline/answers"
	"sourceline/corpus"
)

// TestSnapshot: a base that is read from its snapshot answers as the one that
// was saved, and one that is stale or damaged is not read.
func TestSnapshot(t *testing.T) {
	articles, _, err := corpus.Load("testdata/events/trial")
	if err != nil {
		t.Fatal(err)
	}
	built, err := answers.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "trial.snapshot")
	if _, err := answers.Load(file, articles); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if err := built.Save(file); err != nil {
		t.Fatal(err)
	}
	loaded, err := answers.Load(file, articles)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"how many jobs will be cut?", "how many supporters gathered outside the court?", "who is the judge?", "when was the verdict?", "how many suporters gatherd?", "how many ships sank?"} {
		if diff := cmp.Diff(print(ask(t, built, text)), print(ask(t, loaded, text))); diff != "" {
			t.Errorf("%q (-built +loaded):\n%s", text, diff)
		}
	}
	if loaded.Sentences() != built.Sentences() {
		t.Errorf("%d sentences, want %d", loaded.Sentences(), built.Sentences())
	}
	if _, err := answers.Load(file, articles[1:]); !errors.Is(err, answers.ErrStale) {
		t.Errorf("an article less: %v", err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{
		"empty": nil, "cut": data[:len(data)/2], "no snapshot": bytes.Repeat([]byte("x"), 1000), "a bit": append(bytes.Clone(data[:len(data)-1]), data[len(data)-1]^1),
	} {
		if err := os.WriteFile(file, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := answers.Load(file, articles); !errors.Is(err, answers.ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
