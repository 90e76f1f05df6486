package bot

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sourceline/bot/config"
)

type initCommand struct {
	configFlag
	Slack    bool `help:"Enable Slack."`
	Matrix   bool `help:"Enable Matrix."`
	Terminal bool `help:"Enable a conversation on standard input and output."`
	Force    bool `help:"Write over a file that is there."`
}

// Help is what --help adds.
func (*initCommand) Help() string {
	return "Writes a configuration file with every setting, its default and a comment. --corpus DIR sets the folder of articles."
}

// Run writes the configuration.
func (c *initCommand) Run(p *program) error {
	text := p.exampleConfig
	for _, set := range []struct {
		wanted      bool
		table, line string
	}{
		{c.Slack, "slack", "enabled = true"},
		{c.Matrix, "matrix", "enabled = true"},
		{c.Terminal, "terminal", "enabled = true"},
		{c.Terminal && !c.Slack && !c.Matrix, "log", `level = "warn"`}, // what is logged would stand between the lines of the conversation
		{p.corpus != "", "corpus", "path = " + strconv.Quote(absolute(p.corpus))},
	} {
		if !set.wanted {
			continue
		}
		var err error
		if text, err = setLine(text, set.table, set.line); err != nil {
			return err
		}
	}
	if err := writeConfig(c.Config, text, c.Force); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s is written.\n", c.Config)
	for _, step := range c.next() {
		fmt.Fprintln(p.stdout, "- "+step)
	}
	return nil
}

// next tells what to do after that.
func (c *initCommand) next() []string {
	var steps []string
	if c.Slack {
		steps = append(steps, "Slack: docs/slack.md tells how to make the app; set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.")
	}
	if c.Matrix {
		steps = append(steps, "Matrix: fill in homeserver, user and allow; set MATRIX_PASSWORD and MATRIX_RECOVERY_KEY. docs/matrix.md tells more.")
	}
	if !c.Slack && !c.Matrix && !c.Terminal {
		steps = append(steps, "Enable a platform: enabled = true under [slack], [matrix] or [terminal].")
	}
	file := ""
	if c.Config != "sourceline.toml" {
		file = " --config " + c.Config
	}
	return append(steps, "Check everything: sourceline doctor"+file, "Then run: sourceline serve"+file)
}

// setLine gives a setting of a table in the example another value.
func setLine(text, table, line string) (string, error) {
	key, _, _ := strings.Cut(line, " =")
	lines := strings.Split(text, "\n")
	in := false
	for i, l := range lines {
		if strings.HasPrefix(l, "[") {
			in = l == "["+table+"]"
		}
		if in && strings.HasPrefix(l, key+" =") {
			lines[i] = line
			text = strings.Join(lines, "\n")
			_, err := config.Parse("config.example.toml", text)
			if table == "matrix" {
				err = nil // its server and user are for the reader to fill in
			}
			return text, err
		}
	}
	return "", fmt.Errorf("the example configuration has no %s in [%s]", key, table)
}

// writeConfig writes a file that only its owner reads, and none over another.
func writeConfig(path, text string, force bool) error {
	mode := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		mode = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(path, mode, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: remove it, name another with --config, or write over it with --force", path)
	}
	if err != nil {
		return err
	}
	if _, err := f.WriteString(text); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
