package bot

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sourceline/bot/inbox"
	"sourceline/bot/serve"
)

type reportCommand struct {
	configFlag
	Since time.Duration `default:"168h" help:"How far back to look (default: ${default}, a week)."`
	JSON  bool          `name:"json" help:"Print one JSON object a line."`
}

// Help is what --help adds.
func (*reportCommand) Help() string {
	return "Lists what was refused and what got a 👎: what the desk should file next. It reads the bot's database, which may be in use."
}

// A complaint is a question that the desk should look at, however often it
// was asked.
type complaint struct {
	What     string    `json:"what"` // refused, thumbs down, failed
	Question string    `json:"question"`
	Times    int       `json:"times"`
	Down     int       `json:"down"`
	Last     time.Time `json:"last"`
	Rooms    []string  `json:"rooms"`
}

// Kinds of complaint, in the order of the report.
const (
	refusedQuestion = "refused"
	dislikedAnswer  = "thumbs down"
	failedQuestion  = "failed"
)

// Run lists the complaints.
func (c *reportCommand) Run(p *program) error {
	cfg, err := c.load(p)
	if err != nil {
		return err
	}
	box, err := openBox(p, cfg, inbox.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer box.Close()
	entries, err := box.Report(p, time.Now().Add(-c.Since), serve.FeedbackDown)
	if err != nil {
		return err
	}
	list := complaints(entries)
	if c.JSON {
		out := json.NewEncoder(p.stdout)
		out.SetEscapeHTML(false)
		for _, x := range list {
			if err := out.Encode(x); err != nil {
				return err
			}
		}
		return nil
	}
	printComplaints(p, list, c.Since)
	return nil
}

// complaints gathers the entries of one question, the most frequent first.
func complaints(entries []inbox.Entry) []*complaint {
	var list []*complaint
	byKey := map[[2]string]*complaint{}
	for _, e := range entries {
		what := kindOf(e)
		key := [2]string{what, strings.ToLower(strings.Join(strings.Fields(e.Message.Text), " "))}
		c := byKey[key]
		if c == nil {
			c = &complaint{What: what, Question: e.Message.Text, Rooms: []string{}}
			byKey[key] = c
			list = append(list, c)
		}
		c.Times++
		c.Down += e.Feedback[serve.FeedbackDown]
		if e.Arrived.After(c.Last) {
			c.Last = e.Arrived
		}
		room := e.Message.Conversation.Platform + "/" + e.Message.Conversation.Room
		if !slices.Contains(c.Rooms, room) {
			c.Rooms = append(c.Rooms, room)
		}
	}
	order := []string{refusedQuestion, dislikedAnswer, failedQuestion}
	slices.SortStableFunc(list, func(a, b *complaint) int {
		if d := slices.Index(order, a.What) - slices.Index(order, b.What); d != 0 {
			return d
		}
		return b.Times + b.Down - a.Times - a.Down
	})
	return list
}

func kindOf(e inbox.Entry) string {
	switch {
	case e.Err != "" || e.Outcome == serve.Failed || slices.ContainsFunc(e.Posts, func(p inbox.Posted) bool { return p.Err != "" }):
		return failedQuestion
	case e.Outcome == inbox.Refused:
		return refusedQuestion
	}
	return dislikedAnswer
}

func printComplaints(p *program, list []*complaint, since time.Duration) {
	if len(list) == 0 {
		fmt.Fprintf(p.stdout, "Nothing was refused in the last %s, and no answer got a 👎.\n", span(since))
		return
	}
	heads := map[string]string{
		refusedQuestion: "No article says:",
		dislikedAnswer:  "Answers with a 👎:",
		failedQuestion:  "Could not be answered or posted:",
	}
	last := ""
	for _, c := range list {
		if c.What != last {
			if last != "" {
				fmt.Fprintln(p.stdout)
			}
			fmt.Fprintln(p.stdout, heads[c.What])
			last = c.What
		}
		question := strings.Join(strings.Fields(c.Question), " ")
		fmt.Fprintf(p.stdout, "%4d×  %s  (last %s, %s)\n", max(c.Times, c.Down), question, c.Last.Local().Format("2 Jan 15:04"), strings.Join(c.Rooms, ", "))
	}
}

// span writes a duration in days where it is some.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d == day:
		return "day"
	case d > 0 && d%day == 0:
		return fmt.Sprintf("%d days", d/day)
	}
	return d.String()
}
