package config

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func example(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestExampleEqualsDefaults(t *testing.T) {
	got, err := Parse("config.example.toml", example(t))
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Corpora = map[string]string{}
	want.Slack.Workspaces, want.Slack.Channels, want.Matrix.Allow = []string{}, []string{}, []string{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("config.example.toml differs from the defaults (-code +file):\n%s", diff)
	}
}

// exampleSetting matches a line of the example that is switched off.
var exampleSetting = regexp.MustCompile(`(?m)^#([a-z_]+ =|\[)`)

func TestExampleNamesEverySetting(t *testing.T) {
	text := exampleSetting.ReplaceAllString(example(t), "$1")
	if _, err := Parse("config.example.toml", text); err != nil {
		t.Fatalf("with its examples switched on: %v", err)
	}
	lines := keyLines(text)
	for _, key := range settings(reflect.TypeFor[Config](), "") {
		if _, ok := lines[key]; !ok {
			t.Errorf("config.example.toml lacks %s", key)
		}
	}
}

// settings lists the keys of a configuration type.
func settings(t reflect.Type, prefix string) []string {
	var keys []string
	for i := range t.NumField() {
		field := t.Field(i)
		key := prefix + field.Tag.Get("toml")
		switch {
		case field.Type.Kind() == reflect.Struct:
			keys = append(keys, settings(field.Type, key+".")...)
		case field.Type.Kind() == reflect.Slice && field.Type.Elem().Kind() == reflect.Struct:
			keys = append(keys, settings(field.Type.Elem(), key+"[0].")...)
		default:
			keys = append(keys, key)
		}
	}
	return keys
}

func TestProblems(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown key", "[limits]\nworker = 3\n", "f.toml:2: limits.worker: there is no such setting"},
		{"unknown table", "\n[slak]\nenabled = true\n", "f.toml:2: slak: there is no such setting"},
		{"unknown key in the second room", "[[rooms]]\nplatform = \"slack\"\nroom = \"C1\"\n[[rooms]]\nplatform = \"slack\"\nroom = \"C2\"\nlocal = \"de\"\n", "f.toml:7: rooms[1].local: there is no such setting"},
		{"wrong type", "[limits]\n\nworkers = \"four\"\n", "f.toml:3: limits.workers: the value has type string, wanted is integer"},
		{"wrong type of a switch", "[slack]\nenabled = 1\n", "f.toml:2: slack.enabled: the value has type integer, wanted is boolean"},
		{"no duration", "[limits]\nlease = \"soon\"\n", "f.toml:2: limits.lease: invalid duration: \"soon\""},
		{"no TOML", "[limits\n", "f.toml:2: expected '.' or ']'"},
		{"twice", "[log]\nlevel = \"info\"\nlevel = \"warn\"\n", "f.toml:3: log.level: "},
		{"out of range", "[answers]\nquotes = 0\n", "f.toml:2: answers.quotes: 0 is out of range"},
		{"bad locale", "[direct]\nlocale = \"english please\"\n", "f.toml:2: direct.locale: \"english please\" is no language tag"},
		{"unknown corpus", "[direct]\ncorpus = \"sports\"\n", "f.toml:2: direct.corpus: there is no corpus \"sports\""},
		{"empty corpus", "[corpora]\nsports = \"\"\n", "f.toml:2: corpora.sports: is empty"},
		{"two databases", "[database]\npath = \"a.db\"\nurl_env = \"DB\"\n", "f.toml:2: database.path: stands beside a PostgreSQL URL"},
		{"two sources of a secret", "[matrix]\ntoken_env = \"A\"\ntoken_file = \"b\"\n", "f.toml:3: matrix.token_file: stands beside matrix.token_env (line 2)"},
		{"secret of the other mode", "[slack]\nsigning_secret_file = \"s\"\n", "f.toml:2: slack.signing_secret_file: is for HTTP requests"},
		{"both modes", "[slack]\nlisten = \"127.0.0.1:80\"\napp_token_file = \"s\"\n", "f.toml:3: slack.app_token_file: is for Socket Mode"},
		{"one address for two", "[slack]\nenabled = true\nlisten = \"127.0.0.1:9470\"\n", "f.toml:3: slack.listen: is the address of http.listen too"},
		{"matrix without server", "[matrix]\nenabled = true\nuser = \"@a:b\"\n", "f.toml:1: matrix.homeserver: is empty"},
		{"matrix user", "[matrix]\nenabled = true\nhomeserver = \"https://b\"\nuser = \"a\"\n", "f.toml:4: matrix.user: \"a\" is no Matrix user"},
		{"matrix pattern", "[matrix]\nallow = [\"@[:b\"]\n", "f.toml:2: matrix.allow: \"@[:b\" is no pattern"},
		{"room twice", "[[rooms]]\nplatform = \"slack\"\nroom = \"C1\"\n\n[[rooms]]\nplatform = \"slack\"\nroom = \"C1\"\n", "f.toml:7: rooms[1].room: is the room of rooms[0] (line 1) too"},
		{"platform", "[[rooms]]\nplatform = \"irc\"\nroom = \"C1\"\n", "f.toml:2: rooms[0].platform: \"irc\" is none of slack, matrix, terminal"},
		{"address", "[http]\nlisten = \"9470\"\n", "f.toml:2: http.listen: \"9470\" is no address"},
		{"level", "[log]\nlevel = \"loud\"\n", "f.toml:2: log.level: \"loud\" is none of debug, info, warn, error"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("f.toml", tt.text)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s…", err, tt.want)
			}
			var p Problem
			if !errors.As(err, &p) {
				t.Errorf("%T holds no Problem", err)
			}
		})
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, err := Parse("f.toml", "[limits]\nworkers = 0\n[log]\nformat = \"xml\"\n")
	want := "f.toml:2: limits.workers: 0 is out of range: from 1 to 256\nf.toml:4: log.format: \"xml\" is none of text, json"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(filepath.Join(dir, "none.toml")); err == nil || !strings.Contains(err.Error(), "sourceline init") {
		t.Errorf("missing file: %v", err)
	}
	path := filepath.Join(dir, "c.toml")
	if err := os.WriteFile(path, []byte("[corpus]\npath = \"articles\"\n[corpora]\nsports = \"/srv/sports\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Corpus.Path, filepath.Join(dir, "articles"); got != want {
		t.Errorf("corpus.path = %q, want %q", got, want)
	}
	if got, want := c.Corpora["sports"], "/srv/sports"; got != want {
		t.Errorf("corpora.sports = %q, want %q", got, want)
	}
}

func TestSecret(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Setenv("SOME_TOKEN", " from-env\n")
	tests := []struct{ name, env, file, want, wantErr string }{
		{"env", "SOME_TOKEN", "", "from-env", ""},
		{"file wins", "SOME_TOKEN", write("good", "from-file\n", 0o600), "from-file", ""},
		{"group may read", "", write("group", "from-file", 0o440), "from-file", ""},
		{"world may read", "", write("world", "x", 0o644), "", "chmod 600"},
		{"group may write", "", write("groupwrite", "x", 0o660), "", "chmod 600"},
		{"empty", "", write("empty", "\n", 0o600), "", "is empty"},
		{"missing file", "", filepath.Join(dir, "gone"), "", "no such file"},
		{"folder", "", dir, "", "no regular file"},
		{"unset", "SOME_OTHER_TOKEN", "", "", "SOME_OTHER_TOKEN is not set"},
		{"no setting", "", "", "", "no setting names it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := NeedSecret("some token", tt.env, tt.file)
			if got != tt.want || (err == nil) != (tt.wantErr == "") || err != nil && !strings.Contains(err.Error(), tt.wantErr) {
				t.Errorf("got %q, %v; want %q, error with %q", got, err, tt.want, tt.wantErr)
			}
			if err != nil && strings.Contains(err.Error(), "from-") {
				t.Errorf("the error tells the secret: %v", err)
			}
		})
	}
}

func TestRoom(t *testing.T) {
	yes, no := true, false
	c := Default()
	c.Rooms = []Room{
		{Platform: "slack", Room: "C1", Locale: "de"},
		{Platform: "slack", Workspace: "T2", Room: "C1", Locale: "fr"},
		{Platform: "slack", Room: "C9", Allowed: &no},
	}
	check := func(workspace, room string, want RoomSetting) {
		t.Helper()
		if got := c.Room("slack", workspace, room); got != want {
			t.Errorf("Room(%s, %s) = %+v, want %+v", workspace, room, got, want)
		}
	}
	check("T1", "C1", RoomSetting{Allowed: true, Locale: "de"})
	check("T2", "C1", RoomSetting{Allowed: true, Locale: "fr"})
	check("T1", "C7", RoomSetting{Allowed: true})
	check("T1", "C9", RoomSetting{})
	c.Rooms = append(c.Rooms, Room{Platform: "slack", Room: "C3", Allowed: &yes})
	check("T1", "C3", RoomSetting{Allowed: true})
	check("T1", "C1", RoomSetting{Locale: "de"})
	check("T1", "C7", RoomSetting{})
}

func FuzzParse(f *testing.F) {
	f.Add("[limits]\nworkers = 3\n")
	f.Add("[[rooms]]\nroom = \"\"\"\nx = 1\n\"\"\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse("f.toml", text)
		if (c == nil) == (err == nil) {
			t.Errorf("settings %v, error %v", c, err)
		}
	})
}
