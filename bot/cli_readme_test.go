package bot

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the README's output and the golden files")

const (
	runProgram = "go run ." // how the README runs the program
	cutMark    = "…"        // a line that stands for the rest of the output
)

// TestReadme runs the commands of the README's console blocks from the top of
// the repository and compares what they print. A line "…" stands for the rest.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: short (it builds the program)")
	}
	top, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "sourceline")
	if out, err := exec.Command("go", "build", "-o", program, "sourceline").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	file := filepath.Join(top, "README.md")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	got := eachConsoleBlock(string(data), func(block string) string {
		var out strings.Builder
		for _, c := range splitCommands(block) {
			commands++
			out.WriteString(runShown(t, top, program, c))
		}
		return out.String()
	})
	if commands == 0 {
		t.Fatal("the README runs no command")
	}
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(data), got); diff != "" {
		t.Errorf("the README shows other output; go test ./bot -run TestReadme -update rewrites it (-README +now)\n%s", diff)
	}
}

// eachConsoleBlock replaces the insides of the ```console blocks of a text.
func eachConsoleBlock(text string, replace func(string) string) string {
	const open, closing = "```console\n", "```\n"
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, open)
		out.WriteString(before)
		if !found {
			return out.String()
		}
		block, after, _ := strings.Cut(rest, closing)
		out.WriteString(open + replace(block) + closing)
		text = after
	}
}

// splitCommands cuts a block before each line that begins with "$ ".
func splitCommands(block string) []string {
	var out []string
	for line := range strings.Lines(block) {
		if strings.HasPrefix(line, "$ ") || len(out) == 0 {
			out = append(out, "")
		}
		out[len(out)-1] += line
	}
	return out
}

// runShown runs the command of the first line and returns it with its output,
// cut where the shown output was.
func runShown(t *testing.T, dir, program, shown string) string {
	first, want, _ := strings.Cut(shown, "\n")
	line := strings.TrimPrefix(first, "$ ")
	if !strings.Contains(line, runProgram) {
		return shown // "go test ./...": others run it
	}
	cmd := exec.Command("sh", "-c", strings.ReplaceAll(line, runProgram, program))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); err != nil && code != exitNoAnswer {
		t.Errorf("%s: %v\n%s", line, err, out)
	}
	got := string(out)
	if before, _, cut := strings.Cut(want, cutMark+"\n"); cut {
		lines := strings.SplitAfter(got, "\n")
		if n := strings.Count(before, "\n"); n < len(lines)-1 {
			got = strings.Join(lines[:n], "") + cutMark + "\n"
		}
	}
	return first + "\n" + got
}
