package adapters_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sourceline/adapters"
)

// fitsIn makes a limit of n bytes of plain text.
func fitsIn(n int) func(adapters.Reply) bool {
	return func(r adapters.Reply) bool { return len(adapters.Text(&r, adapters.TextOptions{})) <= n }
}

func longReply(quotes int) adapters.Reply {
	r := adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Text: "some 300", Summary: "people evacuated"},
		adapters.Paragraph{Text: "Sources agree."},
	}}
	for i := range quotes {
		r.Parts = append(r.Parts, adapters.Quote{Text: fmt.Sprintf("Quote %d says that some 300 people left.", i),
			Highlight: [][2]int{{18, 26}}, Source: adapters.Source{Name: "The Daily Post", Line: i + 1}})
	}
	return adapters.Reply{Parts: append(r.Parts,
		adapters.Note{Text: "read “hw” as “how”"},
		adapters.Choices{Options: []adapters.Choice{{Label: "who says so?", Ask: "who says so?"}}})}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name   string
		quotes int
		limit  int
		want   string
	}{
		{"fits", 1, 1000, "some 300 · people evacuated|Sources agree.||> Quote 0 says that [some 300] people left.|  The Daily Post · line 1||read “hw” as “how”||- who says so?|"},
		{"quotes go first", 5, 250, "some 300 · people evacuated|Sources agree.||> Quote 0 says that [some 300] people left.|  The Daily Post · line 1|> Quote 1 says that [some 300] people left.|  The Daily Post · line 2||3 more lines|read “hw” as “how”||- who says so?|"},
		{"then choices", 5, 170, "some 300 · people evacuated|Sources agree.||> Quote 0 says that [some 300] people left.|  The Daily Post · line 1||4 more lines|read “hw” as “how”|"},
		{"then notes and paragraphs", 2, 120, "some 300 · people evacuated||> Quote 0 says that [some 300] people left.|  The Daily Post · line 1||1 more line|"},
		{"then the quote", 2, 60, "some 300 · people evacuated|"},
		{"nothing fits", 2, 5, "some 300 · people evacuated|"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := adapters.Cut(longReply(c.quotes), fitsIn(c.limit))
			text := adapters.Text(&got, adapters.TextOptions{})
			if diff := cmp.Diff(strings.ReplaceAll(c.want, "|", "\n"), text); diff != "" {
				t.Errorf("limit %d (-want +got):\n%s", c.limit, diff)
			}
		})
	}
}

func TestCutShortensAroundTheHighlight(t *testing.T) {
	filler := strings.Repeat("and so on ", 50)
	text := filler + "some 300 people left " + filler
	r := adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Text: "some 300"},
		adapters.Quote{Text: text, Highlight: [][2]int{{len(filler), len(filler) + 15}}},
	}}
	got := adapters.Cut(r, fitsIn(120))
	want := "some 300\n\n> … so on and so on and so on [some 300 people] left and so on and so on and so on and so on and so on …\n"
	if diff := cmp.Diff(want, adapters.Text(&got, adapters.TextOptions{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCutLongHeadline(t *testing.T) {
	r := adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: strings.Repeat("three or four ", 50), Summary: "people"}}}
	got := adapters.Cut(r, fitsIn(80))
	want := "three or four three or four three or four three or four three or… · people\n"
	if text := adapters.Text(&got, adapters.TextOptions{}); text != want {
		t.Errorf("got %q, want %q", text, want)
	}
}

// FuzzCut: whatever is cut fits or is at its shortest, and a quote is a slice
// of what it was, its highlights within it.
func FuzzCut(f *testing.F) {
	f.Add("some 300 people left", 5, 8, 3, 100)
	f.Add(strings.Repeat("wörter ", 100), 50, 60, 1, 90)
	f.Add(strings.Repeat("三", 200), 30, 60, 2, 150)
	f.Fuzz(func(t *testing.T, text string, a, b, quotes, limit int) {
		text = adapters.CleanText(text)
		quotes, limit = (quotes%20+20)%20, (limit%500+500)%500
		r := adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: text}, adapters.Paragraph{Text: text}}}
		for range quotes {
			r.Parts = append(r.Parts, adapters.Quote{Text: text, Highlight: highlight(text, a, b)})
		}
		got := adapters.Cut(r, fitsIn(limit))
		if !fitsIn(limit)(got) && len(got.Parts) > 2 {
			t.Errorf("%d quotes of %q cut to %d bytes are %+v", quotes, text, limit, got)
		}
		for _, p := range got.Parts {
			q, ok := p.(adapters.Quote)
			if !ok {
				continue
			}
			if bare := strings.TrimSuffix(strings.TrimPrefix(q.Text, "… "), " …"); !strings.Contains(text, bare) {
				t.Errorf("%q is not of %q", bare, text)
			}
			for _, h := range q.Highlight {
				if h[0] < 0 || h[0] >= h[1] || h[1] > len(q.Text) {
					t.Errorf("highlight %v of %q", h, q.Text)
				}
			}
		}
	})
}
