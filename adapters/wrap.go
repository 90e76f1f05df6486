package adapters

import (
	"strings"

	"github.com/rivo/uniseg"
)

// A run is text of one style, an ANSI sequence or "".
type run struct{ text, style string }

// runs are a text whose pieces may differ in style.
type runs []run

// and adds r as a further item of a line.
func (rs runs) and(r run) runs {
	if len(rs) == 0 {
		return runs{r}
	}
	return append(rs, run{between, ""}, r)
}

// A cell is one character as a reader sees it: a grapheme cluster.
type cell struct {
	text, style string
	width       int // in terminal cells
}

func (c cell) space() bool { return c.text == " " || c.text == "\t" }

// wrap breaks text into lines: at its line ends and, where width is
// positive, at white space so that no line is wider. The white space at a
// break is left out. A word that is wider than a line is broken. There is
// always at least one line.
func wrap(text runs, width int) [][]cell {
	var lines [][]cell
	for _, line := range splitLines(text) {
		if width > 0 {
			lines = append(lines, fold(line, width)...)
		} else {
			lines = append(lines, line)
		}
	}
	return lines
}

// splitLines makes cells of text, one slice for each line.
func splitLines(text runs) [][]cell {
	lines := [][]cell{nil}
	for _, r := range text {
		for i, line := range strings.Split(r.text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			last := &lines[len(lines)-1]
			for state := -1; line != ""; {
				var cluster string
				var width int
				cluster, line, width, state = uniseg.FirstGraphemeClusterInString(line, state)
				*last = append(*last, cell{cluster, r.style, width})
			}
		}
	}
	return lines
}

// fold breaks one line so that no part of it is wider than width, where its
// characters allow that.
func fold(line []cell, width int) [][]cell {
	var lines [][]cell
	for {
		end, next := breakAt(line, width)
		lines = append(lines, trimRight(line[:end]))
		if next >= len(line) {
			return lines
		}
		line = line[next:]
	}
}

// trimRight takes the white space from the end of a line.
func trimRight(line []cell) []cell {
	for len(line) > 0 && line[len(line)-1].space() {
		line = line[:len(line)-1]
	}
	return line
}

// breakAt returns where the first line ends and where the next one starts.
func breakAt(line []cell, width int) (end, next int) {
	used, space := 0, -1
	for i, c := range line {
		if c.space() && i > 0 && !line[i-1].space() {
			space = i
		}
		if used += c.width; used <= width || c.space() {
			continue
		}
		if space > 0 {
			next = space
			for line[next].space() { // ends: a character that is no space has brought us here
				next++
			}
			return space, next
		}
		return max(i, 1), max(i, 1)
	}
	return len(line), len(line)
}
