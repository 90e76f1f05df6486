package bot

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"sourceline/adapters"
)

// maxWidth is the widest that text is set on a terminal: longer lines are hard
// to read.
const maxWidth = 100

// print writes a reply: on a terminal with colours and wrapped lines,
// elsewhere plain and unwrapped, so that a quote stays in one piece.
func (p *program) print(r *adapters.Reply) {
	fmt.Fprint(p.stdout, adapters.Text(r, textOptions(p.stdout)))
}

func textOptions(w io.Writer) adapters.TextOptions {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return adapters.TextOptions{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		width = maxWidth
	}
	return adapters.TextOptions{Width: min(width, maxWidth), Color: wantsColor()}
}

// wantsColor honours https://no-color.org and terminals that have none.
func wantsColor() bool { return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" }

// isTerminal reports whether a reader or writer is a terminal.
func isTerminal(x any) bool {
	f, ok := x.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
