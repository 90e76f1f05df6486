package corpus

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// bodies are the SHA-256 sums of the embedded articles' texts as they came.
var bodies = map[string]string{
	"000_e3aafbd23dd16928": "0ece30ee47477f0c312da675fbd25cf536368c625f491b9c461722fbca9bb8ea",
	"001_bfba938af70e81a8": "c110897869895180125a9c777bcd41aa1bd4f76709f17fcd2316722eca86ea35",
	"002_248858de3a2b630e": "213cfbb72957ba5846b1cd4057606b0498711c0e448c4dfd152f865102bb8514",
	"003_dbe2ced9776b47bf": "0fc02dc941132b98a10d2cd8dc7126213cadae7efe508d063dffdbc9745a99f8",
	"004_34f36d358c037ac7": "cc5c8ce4a8c4756798f7103826411dd1b962310d601028ff1c6abdff6ed12367",
}

func TestEmbedded(t *testing.T) {
	articles, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) != len(bodies) {
		t.Errorf("%d articles, want %d", len(articles), len(bodies))
	}
	for _, a := range articles {
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(a.Text))); got != bodies[a.ID] {
			t.Errorf("%s: text has changed: sum %s, want %s", a.ID, got, bodies[a.ID])
		}
		if a.Title == "" || a.Date.IsZero() || a.Status != Usable || a.Language != "en" {
			t.Errorf("%s: front matter was not read: %+v", a.ID, a)
		}
		checkSentences(t, a)
	}
}

func TestParse(t *testing.T) {
	day := time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name, data string
		want       Article
	}{
		{"dir/plain.txt", "First line\nSecond.", Article{ID: "plain", Title: "First line", Text: "First line\nSecond."}},
		{"a.b.md", "---\ntitle: \"A: b\"\npublisher: P\ndate: 2024-03-05\nlanguage: en-GB\nurl: https://example.org/a\nstatus: withdrawn\n---\nText\n\n",
			Article{ID: "a.b", Title: "A: b", Publisher: "P", Date: day, Language: "en-GB", URL: "https://example.org/a", Status: Withdrawn, Text: "Text\n\n"}},
		{"crlf.md", "---\r\ntitle: T\r\n---\r\nText\r\n", Article{ID: "crlf", Title: "T", Text: "Text\r\n"}},
		{"none.md", "# Heading\nText", Article{ID: "none", Title: "Heading", Text: "# Heading\nText"}},
		{"empty.md", "---\n---\nText", Article{ID: "empty", Title: "Text", Text: "Text"}},
		{"bom.txt", "\uFEFFTitle\nText", Article{ID: "bom", Title: "Title", Text: "Title\nText"}},
		{"time.md", "---\ndate: 2024-03-05T00:00:00Z\n---\nText", Article{ID: "time", Title: "Text", Date: day, Text: "Text"}},
		{"wire.txt", "Head\nROME, 5 MAR 2024 -- All well.", Article{ID: "wire", Title: "Head", Date: day, Text: "Head\nROME, 5 MAR 2024 -- All well."}},
		{"wire2.txt", "ROME, March 5, 2024 (Agency) - All well.", Article{ID: "wire2", Title: "ROME, March 5, 2024 (Agency) - All well.", Date: day, Text: "ROME, March 5, 2024 (Agency) - All well."}},
	}
	for _, test := range tests {
		if test.want.Status == "" {
			test.want.Status = Usable
		}
		got, err := Parse(test.name, []byte(test.data))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if diff := cmp.Diff(&test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ data, want string }{
		{"", "x.md: no text"},
		{"---\ntitle: T\n---\n \n", "x.md: no text"},
		{"a\nb\x00", "x.md:2: binary file"},
		{"a\nb\nc\xff", "x.md:3: invalid UTF-8 (byte 0xff)"},
		{"---\ntitle: T\n", "x.md:1: front matter is not closed"},
		{"---\ntitle: T\nauthor: X\n---\nText", `x.md:3: front matter: unknown key "author"`},
		{"---\ntitle: T\ntitle: X\n---\nText", `x.md:3: front matter: key "title" is given twice`},
		{"---\ntitle: [a, b]\n---\nText", "x.md:2: front matter: title: a single value"},
		{"---\ndate: soon\n---\nText", `x.md:2: front matter: date "soon"`},
		{"---\nstatus: gone\n---\nText", `x.md:2: front matter: status "gone"`},
		{"---\nurl: example\n---\nText", `x.md:2: front matter: url "example"`},
		{"---\nlanguage: no such\n---\nText", `x.md:2: front matter: language "no such"`},
		{"---\njust words\n---\nText", "x.md:2: front matter: lines of the form"},
		{"---\ntitle: \"T\n---\nText", "x.md:2: front matter:"},
		{"---\ntitle: T\n\tdate: x\n---\nText", "x.md:3: front matter:"},
	}
	for _, test := range tests {
		a, err := Parse("x.md", []byte(test.data))
		if err == nil {
			t.Errorf("%q: no error, article %+v", test.data, a)
			continue
		}
		if !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q: error %q, want %q", test.data, err, test.want)
		}
		var p Problem
		if !errors.As(err, &p) {
			t.Errorf("%q: the error is no Problem", test.data)
		}
	}
}

// writeFiles makes a folder of files.
func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLoad(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"b.txt": "Title B\nText.", "a.md": "---\ntitle: Title A\n---\nText.", "c.md": "---\nkey: x\nother: y\n---\nText.",
		"picture.png": "\x00", ".hidden.md": "x",
	})
	if err := os.Mkdir(filepath.Join(dir, "folder.md"), 0o755); err != nil {
		t.Fatal(err)
	}
	articles, problems, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, a := range articles {
		ids = append(ids, a.ID+" "+a.Title)
	}
	if diff := cmp.Diff([]string{"a Title A", "b Title B"}, ids); diff != "" {
		t.Errorf("articles (-want +got)\n%s", diff)
	}
	var got []string
	for _, p := range problems {
		got = append(got, strings.TrimPrefix(p.String(), dir+string(filepath.Separator)))
	}
	const known = ": title, publisher, date, language, url and status are known"
	want := []string{`c.md:2: front matter: unknown key "key"` + known, `c.md:3: front matter: unknown key "other"` + known}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got)\n%s", diff)
	}
	checked, err := Check(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(problems, checked); diff != "" {
		t.Errorf("Check finds other problems than Load (-load +check)\n%s", diff)
	}
}

func TestLoadErrors(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none")
	file := filepath.Join(writeFiles(t, map[string]string{"a.md": "x"}), "a.md")
	tests := []struct{ dir, want string }{
		{missing, "there is no such folder"},
		{file, "not a folder that can be read"},
		{t.TempDir(), "has no .txt or .md file"},
		{writeFiles(t, map[string]string{"a.md": "x", "a.txt": "y"}), `article ID "a" is also that of`},
		{writeFiles(t, map[string]string{"a.md": "\x00"}), "binary file"},
	}
	for _, test := range tests {
		_, _, err := Load(test.dir)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), test.dir) {
			t.Errorf("Load(%s): error %v, want %q and the path", test.dir, err, test.want)
		}
	}
}

func TestCheckSameID(t *testing.T) {
	problems, err := Check(writeFiles(t, map[string]string{"a.md": "x", "a.txt": "y"}))
	if err != nil || len(problems) != 1 || !strings.Contains(problems[0].Text, `article ID "a"`) {
		t.Errorf("problems %v, error %v", problems, err)
	}
}

func TestLargeFile(t *testing.T) {
	dir := writeFiles(t, map[string]string{"good.txt": "Title\nText."})
	large := filepath.Join(dir, "large.txt")
	if err := os.WriteFile(large, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 50<<20); err != nil { // a hole: nothing is written
		t.Fatal(err)
	}
	articles, problems, err := Load(dir)
	if err != nil || len(articles) != 1 {
		t.Fatalf("%d articles, error %v", len(articles), err)
	}
	if len(problems) != 1 || !strings.Contains(problems[0].String(), "large.txt: 50.0 MB, over the limit of 10 MB") {
		t.Errorf("problems %v", problems)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("---\ntitle: T\ndate: 2024-01-01\n---\nROME, 3 JAN 90 -- Text."))
	f.Add([]byte("---\n- a\n- b\n---\n"))
	f.Add([]byte("\xef\xbb\xbf---\r\n? {a: *b}\r\n---\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Parse("x.md", data)
		if err != nil {
			return
		}
		if !bytes.HasSuffix(data, []byte(a.Text)) {
			t.Fatalf("the text is no suffix of the file")
		}
		checkSentences(t, a)
	})
}
