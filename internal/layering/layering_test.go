// Package layering holds the import graph to one direction: article, sentence,
// fact, index, question, answer, reply, platform.
package layering

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "sourceline"

// layers is the order of the core: a package imports only what stands before
// it. Packages of one line do not import each other.
var layers = [][]string{
	{"corpus"},
	{"answers/english", "answers/rank"},
	{"answers/quantity"},
	{"answers/timex"},
	{"answers/fact"},
	{"answers/match"},
	{"answers/extract"},
	{"answers/index"},
	{"answers/question"},
	{"answers"},
}

// sdks may be imported only below these folders, and by the tests of the whole
// program in internal.
var sdks = map[string]string{
	"github.com/slack-go/slack":  "adapters/slack",
	"maunium.net/go/mautrix":     "adapters/matrix",
	"github.com/BurntSushi/toml": "bot",
}

// An imported is one import of a file.
type imported struct {
	from, to string // folders in the module; to is the whole path of a foreign package
	own      bool   // to is ours
	file     string
	test     bool
}

// imports lists every import of the module, whatever the build tags.
func imports(t *testing.T, root string) []imported {
	t.Helper()
	var out []imported
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || isModule(file)):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, ".go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		from := path.Dir(filepath.ToSlash(rel))
		for _, spec := range f.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			inner, own := strings.CutPrefix(to, module+"/")
			out = append(out, imported{from, inner, own, rel, strings.HasSuffix(file, "_test.go")})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// isModule reports whether a folder is a module of its own.
func isModule(dir string) bool {
	found, err := filepath.Glob(filepath.Join(dir, "go.mod"))
	return err == nil && len(found) > 0
}

func under(dir, top string) bool { return dir == top || strings.HasPrefix(dir, top+"/") }

func TestImports(t *testing.T) {
	list := imports(t, "../..")
	if len(list) < 100 {
		t.Fatalf("only %d imports found: is this the top of the module?", len(list))
	}
	for _, i := range list {
		if why := violation(i); why != "" {
			t.Errorf("%s imports %s: %s", i.file, i.to, why)
		}
	}
}

// violation says what is wrong with an import; "" for nothing.
func violation(i imported) string {
	for sdk, home := range sdks {
		if under(i.to, sdk) && !under(i.from, home) && !under(i.from, "internal") {
			return "that SDK belongs below " + home
		}
	}
	if !i.own || i.from == i.to {
		return ""
	}
	switch {
	case i.from == "adapters" && i.test && i.to == "adapters/adaptertest":
		return ""
	case i.from == "adapters":
		return "adapters imports nothing of ours"
	case under(i.from, "adapters"):
		// An adapter knows the contract and what lies in its own folder.
		platform := strings.Join(strings.Split(i.from, "/")[:2], "/")
		if i.to != "adapters" && i.to != "adapters/adaptertest" && !under(i.to, platform) {
			return "an adapter sees the contract alone"
		}
		return ""
	case under(i.to, "bot") && !under(i.from, "bot") && i.from != "." && !under(i.from, "internal"):
		return "only the program imports it"
	case i.to == "bot" && under(i.from, "bot"):
		return "bot imports its parts, not the other way round"
	}
	from, to := layer(i.from), layer(i.to)
	switch {
	case from < 0: // bot, internal, main: above all layers
		return ""
	case to < 0:
		return "it lies above this package"
	case to >= from && !i.test:
		return "it does not lie before this package"
	case to > from:
		return "even a test must not reach up"
	}
	return ""
}

// layer is the place of a package in the order, -1 for none.
func layer(dir string) int {
	for n, names := range layers {
		for _, name := range names {
			if dir == name {
				return n
			}
		}
	}
	// A folder inside a layer belongs to it: helpers and test data.
	for n := len(layers) - 1; n >= 0; n-- {
		for _, name := range layers[n] {
			if name != "answers" && under(dir, name) {
				return n
			}
		}
	}
	return -1
}

// TestViolations shows that the test can fail.
func TestViolations(t *testing.T) {
	tests := []struct {
		from, to string
		own, bad bool
	}{
		{"corpus", "answers", true, true},
		{"answers/quantity", "answers/timex", true, true},
		{"answers/quantity", "answers/english", true, false},
		{"answers", "answers/question", true, false},
		{"answers/question", "answers", true, true},
		{"answers/fact", "adapters", true, true},
		{"adapters", "corpus", true, true},
		{"adapters/slack", "answers", true, true},
		{"adapters/slack", "adapters/matrix", true, true},
		{"adapters/slack", "adapters", true, false},
		{"adapters/slack", "adapters/slack/slacktest", true, false},
		{"adapters/slack", "github.com/slack-go/slack/socketmode", false, false},
		{"bot/serve", "github.com/slack-go/slack", false, true},
		{"bot/config", "github.com/BurntSushi/toml", false, false},
		{"bot/config", "bot", true, true},
		{"bot", "bot/config", true, false},
		{".", "bot", true, false},
		{"answers", "bot/evaluate", true, true},
	}
	for _, test := range tests {
		why := violation(imported{from: test.from, to: test.to, own: test.own})
		if (why != "") != test.bad {
			t.Errorf("%s imports %s: violation %q, want one: %v", test.from, test.to, why, test.bad)
		}
	}
}
