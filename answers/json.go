package answers

import (
	"encoding/json"
	"math"
	"time"
)

// The machine-readable form of an answer. It is stable and only ever added
// to: programs read it.
type (
	answerJSON struct {
		ID        string         `json:"id,omitempty"`
		Question  string         `json:"question"`
		Read      []readingJSON  `json:"read"`
		Answered  bool           `json:"answered"`
		Type      string         `json:"type"`
		Headline  string         `json:"headline"`
		Summary   string         `json:"summary"`
		Figures   []figureJSON   `json:"figures"`
		Agreement Agreement      `json:"agreement"`
		Evidence  []evidenceJSON `json:"evidence"`
		Caveats   []caveatJSON   `json:"caveats"`
		Missing   string         `json:"missing"`
		Nearest   []evidenceJSON `json:"nearest"`
		Related   []string       `json:"related"`
		Elapsed   int64          `json:"elapsed_us"`
	}
	readingJSON struct {
		From string `json:"from"`
		To   string `json:"to"`
	}
	figureJSON struct {
		Text     string   `json:"text"`
		Low      *float64 `json:"low"`
		High     *float64 `json:"high"` // null where it has no upper end
		Bound    string   `json:"bound"`
		Unit     string   `json:"unit"`
		Counted  string   `json:"counted"`
		When     string   `json:"when"`
		Standing string   `json:"standing"`
		Beside   string   `json:"beside,omitempty"` // "other scope" or "earlier figure"; none where it stands as an equal
		Articles []string `json:"articles"`
	}
	evidenceJSON struct {
		Article     string     `json:"article"`
		Title       string     `json:"title"`
		Publisher   string     `json:"publisher"`
		URL         string     `json:"url"`
		Date        string     `json:"date"`
		Line        int        `json:"line"`
		Start       int        `json:"start"`
		End         int        `json:"end"`
		Quote       string     `json:"quote"`
		Highlight   [][2]int   `json:"highlight"`
		Attribution string     `json:"attribution"`
		Role        string     `json:"role"`
		Times       []timeJSON `json:"times"`
	}
	timeJSON struct {
		Text string `json:"text"`
		Date string `json:"date"`
	}
	caveatJSON struct {
		Kind     CaveatKind `json:"kind"`
		Text     string     `json:"text"`
		Evidence []int      `json:"evidence"`
	}
)

// JSON prints the answer as one JSON object without a line break. ID is the
// question's in its file, "" for none; elapsed is how long answering took.
func (a Answer) JSON(id string, elapsed time.Duration) ([]byte, error) {
	out := answerJSON{
		ID: id, Question: a.Question.Text, Read: []readingJSON{}, Answered: a.Answered(),
		Type: string(a.Question.Type), Headline: a.Headline, Summary: a.Summary,
		Figures: []figureJSON{}, Agreement: a.Agreement, Evidence: evidenceForm(a.Evidence),
		Caveats: []caveatJSON{}, Missing: a.Missing, Nearest: evidenceForm(a.Nearest),
		Related: append([]string{}, a.Related...), Elapsed: elapsed.Microseconds(),
	}
	for _, r := range a.Question.Read {
		out.Read = append(out.Read, readingJSON(r))
	}
	for _, f := range a.Figures {
		out.Figures = append(out.Figures, figureJSON{
			Text: f.Text, Low: finite(f.Quantity.Low), High: finite(f.Quantity.High), Bound: string(f.Quantity.Bound),
			Unit: f.Quantity.Unit.Name, Counted: f.Counted, When: f.When, Standing: string(f.Standing), Beside: string(f.Beside),
			Articles: append([]string{}, f.Articles...),
		})
	}
	for _, c := range a.Caveats {
		out.Caveats = append(out.Caveats, caveatJSON{c.Kind, c.Text, append([]int{}, c.Evidence...)})
	}
	return json.Marshal(out)
}

func evidenceForm(list []Evidence) []evidenceJSON {
	out := []evidenceJSON{}
	for _, e := range list {
		j := evidenceJSON{
			Article: e.Article.ID, Title: e.Article.Title, Publisher: e.Article.Publisher, URL: e.Article.URL,
			Date: day(e.Article.Date), Line: e.Line, Start: e.Span.Start, End: e.Span.End, Quote: e.Quote(),
			Highlight: [][2]int{}, Attribution: e.Attribution, Role: string(e.Role), Times: []timeJSON{},
		}
		for _, h := range e.Highlight {
			j.Highlight = append(j.Highlight, [2]int{h.Start - e.Span.Start, h.End - e.Span.Start})
		}
		for _, t := range e.Times {
			j.Times = append(j.Times, timeJSON{t.Text, day(t.Date)})
		}
		out = append(out, j)
	}
	return out
}

// day writes a date as ISO 8601 does; "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// finite is x, or nil where JSON has no number for it.
func finite(x float64) *float64 {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil
	}
	return &x
}
