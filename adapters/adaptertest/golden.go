package adaptertest

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sourceline/adapters"
)

// replyFile is the section of a golden file that holds the reply itself.
const replyFile = "reply.json"

// Golden holds printers to their golden files: the .txtar files of dir, each
// with a reply in JSON and every printing of it in a section of its own. For
// each file and each section named in print, what the printer makes of the
// reply must be what stands there. With update set it is written there
// instead, and sections of other printers stay as they are.
//
// The common replies, to which each adapter adds its printing, are in
// adapters/testdata/replies.
func Golden(t *testing.T, dir string, update bool, print map[string]func(adapters.Reply) string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no .txtar files in %s (%v)", dir, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			golden(t, file, update, print)
		})
	}
}

func golden(t *testing.T, file string, update bool, print map[string]func(adapters.Reply) string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var reply adapters.Reply
	i := section(ar, replyFile)
	if i < 0 {
		t.Fatalf("%s has no section %s", file, replyFile)
	}
	if err := json.Unmarshal(ar.Files[i].Data, &reply); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for _, name := range slices.Sorted(maps.Keys(print)) {
		got := print[name](reply)
		if got != "" && !strings.HasSuffix(got, "\n") {
			got += "\n" // a section of a txtar file ends so
		}
		i := section(ar, name)
		if update {
			if i < 0 {
				ar.Files = append(ar.Files, txtar.File{Name: name})
				i = len(ar.Files) - 1
			}
			ar.Files[i].Data = []byte(got)
			continue
		}
		if i < 0 {
			t.Errorf("%s has no section %s; run the test with -update", file, name)
			continue
		}
		if diff := cmp.Diff(string(ar.Files[i].Data), got); diff != "" {
			t.Errorf("%s, section %s (-golden +got):\n%s", file, name, diff)
		}
	}
	if update {
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// section returns the index of the named file of ar, or -1.
func section(ar *txtar.Archive, name string) int {
	return slices.IndexFunc(ar.Files, func(f txtar.File) bool { return f.Name == name })
}
