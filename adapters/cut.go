package adapters

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Ellipsis stands where something of a text was left out.
const Ellipsis = "…"

// minText is the length in bytes below which Cut does not shorten a text any
// further: a figure with its unit fits in.
const minText = 40

// Cut returns the longest form of r that fits, cut at the quotes' boundaries:
//
//  1. quotes are left out from the end, and a note in their place says how
//     many ("3 more lines");
//  2. if one quote alone is too much, choices, then notes and paragraphs go,
//     and the quote is shortened around its highlight;
//  3. at last the quote goes and the headline is shortened.
//
// What fits already comes back as it is. fits is asked with whole replies, so
// that the printer itself can count; it must accept less wherever it accepts
// more. If nothing fits, the shortest form comes back, and the platform's
// refusal is the adapter's to handle.
func Cut(r Reply, fits func(Reply) bool) Reply {
	if fits(r) {
		return r
	}
	if quotes := count[Quote](r); quotes > 1 {
		keep := sort.Search(quotes, func(n int) bool { return !fits(withQuotes(r, n)) }) - 1
		if keep >= 1 {
			return withQuotes(r, keep)
		}
		r = withQuotes(r, 1)
	}
	for _, drop := range []func(Part) bool{is[Choices], isExtraNote, is[Paragraph], is[Note]} {
		if fits(r) {
			return r
		}
		r.Parts = slices.DeleteFunc(slices.Clone(r.Parts), drop)
	}
	return shorten(r, fits)
}

// shorten shortens the one quote of r, and then its headline.
func shorten(r Reply, fits func(Reply) bool) Reply {
	if q, ok := first[Quote](r); ok {
		if short, ok := search(len(q.Text), fits, func(n int) Reply { return replace(r, shortQuote(q, n)) }); ok {
			return short
		}
		r.Parts = slices.DeleteFunc(slices.Clone(r.Parts), is[Quote])
	}
	h, ok := first[Headline](r)
	if !ok || fits(r) {
		return r
	}
	longest := max(len(h.Text), len(h.Summary), len(h.Caveat))
	short := func(n int) Reply {
		return replace(r, Headline{Text: Shorten(h.Text, n), Summary: Shorten(h.Summary, n), Caveat: Shorten(h.Caveat, n)})
	}
	out, ok := search(longest, fits, short)
	if !ok {
		return short(minText)
	}
	return out
}

// search finds the greatest length up to most, and not under minText, at
// which the shortened reply fits.
func search(most int, fits func(Reply) bool, short func(n int) Reply) (Reply, bool) {
	n := sort.Search(max(0, most-minText)+1, func(i int) bool { return !fits(short(minText + i)) }) - 1
	if n < 0 {
		return Reply{}, false
	}
	return short(minText + n), true
}

// withQuotes keeps the first n quotes of r and puts a note in the place of
// the others.
func withQuotes(r Reply, n int) Reply {
	dropped := count[Quote](r) - n
	var parts []Part
	seen, noted := 0, false
	for _, p := range r.Parts {
		if is[Quote](p) {
			if seen++; seen > n {
				if !noted {
					parts = append(parts, moreLines(dropped))
					noted = true
				}
				continue
			}
		}
		parts = append(parts, p)
	}
	return Reply{Parts: parts}
}

// moreLines is the note that stands for n quotes that were left out.
func moreLines(n int) Note {
	if n == 1 {
		return Note{Text: "1 more line"}
	}
	return Note{Text: fmt.Sprintf("%d more lines", n)}
}

// isExtraNote tells notes other than "N more lines", which is the last to go.
func isExtraNote(p Part) bool {
	n, ok := p.(Note)
	return ok && !strings.HasSuffix(n.Text, " more line") && !strings.HasSuffix(n.Text, " more lines")
}

// shortQuote keeps about n bytes of q around its first highlight.
func shortQuote(q Quote, n int) Quote {
	if len(q.Text) <= n {
		return q
	}
	mark := [2]int{0, 0}
	if len(q.Highlight) > 0 {
		mark = q.Highlight[0]
	}
	// Two thirds of what is left go after the mark, the rest before it; what
	// one side does not need, the other gets.
	spare := max(0, n-(mark[1]-mark[0]))
	start := max(0, mark[0]-spare/3)
	end := min(len(q.Text), start+max(n, 1))
	start = max(0, min(start, end-n))
	start, end = wordStart(q.Text, start, mark[0]), wordEnd(q.Text, end, min(mark[1], end))

	out := q
	out.Text, out.Highlight = "", nil
	if start > 0 {
		out.Text = Ellipsis + " "
	}
	shift := len(out.Text) - start
	out.Text += q.Text[start:end]
	for _, h := range q.Highlight {
		if from, to := max(h[0], start), min(h[1], end); from < to {
			out.Highlight = append(out.Highlight, [2]int{from + shift, to + shift})
		}
	}
	if end < len(q.Text) {
		out.Text += " " + Ellipsis
	}
	return out
}

// Shorten returns s where it is at most n bytes long, and otherwise whole
// words of it that are, followed by an ellipsis.
func Shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	end := wordEnd(s, max(0, n-len(Ellipsis)), 0)
	return s[:end] + Ellipsis
}

// wordStart moves i, by at most a long word, forward to the start of a word
// of s, and never behind limit or into a character.
func wordStart(s string, i, limit int) int {
	if i == 0 {
		return 0
	}
	if sp := strings.IndexAny(s[i:limit], " \n\t"); sp >= 0 && sp <= longWord {
		return i + sp + 1
	}
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}

// wordEnd moves i, by at most a long word, back to the end of a word of s,
// and never before limit or into a character.
func wordEnd(s string, i, limit int) int {
	if i >= len(s) {
		return len(s)
	}
	if sp := strings.LastIndexAny(s[limit:i+1], " \n\t"); sp > 0 && i-(limit+sp) <= longWord {
		return limit + sp
	}
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

// longWord is how many bytes are given up at most for the sake of a whole word.
const longWord = 40

func is[P Part](p Part) bool { _, ok := p.(P); return ok }

func count[P Part](r Reply) int {
	n := 0
	for _, p := range r.Parts {
		if is[P](p) {
			n++
		}
	}
	return n
}

func first[P Part](r Reply) (p P, ok bool) {
	for _, part := range r.Parts {
		if p, ok = part.(P); ok {
			return p, true
		}
	}
	return p, false
}

// replace puts p in the place of the first part of its type.
func replace[P Part](r Reply, p P) Reply {
	parts := slices.Clone(r.Parts)
	if i := slices.IndexFunc(parts, is[P]); i >= 0 {
		parts[i] = p
	}
	return Reply{Parts: parts}
}
