package dialogue

import (
	"context"

	"sourceline/answers"
	"sourceline/answers/fact"
	"sourceline/answers/question"
)

// A Memory is what is kept of an answered question, so that the next may lean
// on it: its text and the facts that the answer rested on. The text is read
// again when it is needed; facts that are gone by then the answer names.
type Memory struct {
	Text  string   `json:"text"`
	Facts []string `json:"facts,omitempty"` // as fact.ID writes itself
}

// recalled is how many turns back a question may lean.
const recalled = 5

func remember(a *answers.Answer) *Memory {
	m := &Memory{Text: a.Question.Text}
	for _, id := range a.Facts {
		m.Facts = append(m.Facts, id.String())
	}
	return m
}

// recall reads the last questions of a thread again.
func recall(ctx context.Context, lib Library, earlier []Memory) ([]question.Turn, error) {
	earlier = earlier[max(0, len(earlier)-recalled):]
	var turns []question.Turn
	for _, m := range earlier {
		q, err := lib.Read(ctx, m.Text, turns...)
		if err != nil {
			return nil, err
		}
		q.Turns = nil // they stand beside it
		turn := question.Turn{Question: q}
		for _, s := range m.Facts {
			if id, err := fact.ParseID(s); err == nil {
				turn.Facts = append(turn.Facts, id)
			}
		}
		turns = append(turns, turn)
	}
	return turns, nil
}
