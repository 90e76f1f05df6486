package timex

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sourceline/answers/english"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden reads sentences, one a line, and lists what is found in each.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files in testdata: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil || len(archive.Files) != 2 {
			t.Fatalf("%s: %v, or not the two files text and want", file, err)
		}
		text := string(archive.Files[0].Data)
		var got strings.Builder
		start := 0
		for line := range strings.Lines(text) {
			for _, u := range Find(text, english.Tokens(line, start), monday) {
				got.WriteString(show(u) + "\n")
			}
			got.WriteString("\n")
			start += len(line)
		}
		if *update {
			archive.Files[1].Data = []byte(got.String())
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(string(archive.Files[1].Data), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}
