package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// A Problem is one thing that is wrong in a configuration file.
type Problem struct {
	File string
	Line int    // 1-based; 0 where the setting is not in the file
	Key  string // dotted, elements of a list by number: "rooms[0].locale"; "" where the file is no TOML
	Text string // what is wrong and what to do
}

func (p Problem) Error() string {
	where := p.File
	if p.Line > 0 {
		where += ":" + strconv.Itoa(p.Line)
	}
	if p.Key == "" {
		return where + ": " + p.Text
	}
	return where + ": " + p.Key + ": " + p.Text
}

// Load reads the settings from a file. Its error joins a Problem for every
// thing that is wrong. Relative paths in the file count from its folder.
func Load(path string) (*Config, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no configuration file %s: write one with `sourceline init`", path)
	}
	if err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	c, err := Parse(path, string(data))
	if err != nil {
		return nil, err
	}
	c.anchor(filepath.Dir(path))
	return c, nil
}

// Parse reads the settings from text; name stands for the file in errors.
func Parse(name, text string) (*Config, error) {
	c := Default()
	md, err := toml.Decode(text, c)
	if err != nil {
		return nil, syntax(name, err)
	}
	k := checker{file: name, lines: keyLines(text), written: map[string]any{}}
	if _, err := toml.Decode(text, &k.written); err != nil {
		return nil, syntax(name, err)
	}
	for _, key := range md.Undecoded() {
		k.unknown(key)
	}
	if len(k.problems) == 0 {
		k.check(c)
	}
	if len(k.problems) > 0 {
		return nil, errors.Join(k.problems...)
	}
	return c, nil
}

// badType matches the errors that the TOML package makes without a position
// that can be read by a program.
var badType = regexp.MustCompile(`^toml: (?:line (\d+) )?\(last key "([^"]*)"\): (.*)$`)

var plainer = strings.NewReplacer("incompatible types: TOML value", "the value", "; destination has type", ", wanted is", "int64", "integer")

// syntax turns an error of the TOML package into a Problem.
func syntax(name string, err error) error {
	var parse toml.ParseError
	if errors.As(err, &parse) {
		return Problem{File: name, Line: parse.Position.Line, Key: parse.LastKey, Text: parse.Message}
	}
	if m := badType.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[1])
		return Problem{File: name, Line: line, Key: m[2], Text: plainer.Replace(m[3])}
	}
	return Problem{File: name, Text: strings.TrimPrefix(err.Error(), "toml: ")}
}

var (
	tableLine = regexp.MustCompile(`^\s*(\[\[?)\s*([^\]]+?)\s*\]`)
	valueLine = regexp.MustCompile(`^\s*([A-Za-z0-9_."'-]+)\s*=`)
)

// keyLines finds the line of every table and key: the TOML package keeps them
// to itself. Keys are dotted; elements of a list of tables carry their number.
func keyLines(text string) map[string]int {
	lines := map[string]int{}
	lists := map[string]int{}
	table := ""
	for i, line := range strings.Split(text, "\n") {
		if m := tableLine.FindStringSubmatch(line); m != nil {
			table = m[2]
			if m[1] == "[[" {
				lists[m[2]]++
				table = fmt.Sprintf("%s[%d]", m[2], lists[m[2]]-1)
			}
			lines[table] = i + 1
			continue
		}
		if m := valueLine.FindStringSubmatch(line); m != nil {
			key := m[1]
			if table != "" {
				key = table + "." + key
			}
			if _, again := lines[key]; !again {
				lines[key] = i + 1
			}
		}
	}
	return lines
}

// anchor makes relative paths count from the folder of the file.
func (c *Config) anchor(dir string) {
	paths := []*string{
		&c.Corpus.Path, &c.Corpus.Snapshots, &c.Database.Path, &c.Database.URLFile,
		&c.Slack.BotTokenFile, &c.Slack.AppTokenFile, &c.Slack.SigningSecretFile,
		&c.Slack.ClientSecretFile, &c.Slack.RefreshTokenFile, &c.Slack.ConfigTokenFile,
		&c.Matrix.PasswordFile, &c.Matrix.TokenFile, &c.Matrix.RecoveryKeyFile, &c.Matrix.PickleKeyFile,
	}
	for _, p := range paths {
		*p = anchored(dir, *p)
	}
	for name, path := range c.Corpora {
		c.Corpora[name] = anchored(dir, path)
	}
}

func anchored(dir, path string) string {
	if path == "" || filepath.IsAbs(path) || path == ":memory:" {
		return path
	}
	return filepath.Join(dir, path)
}
