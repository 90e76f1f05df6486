package answers

import (
	"context"
	"slices"

	"sourceline/answers/question"
)

// Answer answers the question. The same question to the same base gives the
// same answer. An error is one of the index, or ctx's: it never means that no
// article has the answer.
func (b *Base) Answer(ctx context.Context, q question.Question) (Answer, error) {
	a, err := b.answer(ctx, q)
	if q.Rest == "" || err != nil {
		return a, err
	}
	if a.Answered() {
		a.Related = append([]string{q.Rest}, a.Related...) // one question at a time
	} else {
		a.Missing += "; ask one thing at a time"
	}
	return a, nil
}

func (b *Base) answer(ctx context.Context, q question.Question) (Answer, error) {
	b = b.reads()
	if q.Follow == question.SamePerson {
		named, ok, err := b.samePerson(ctx, q)
		if err != nil {
			return Answer{}, err
		}
		if !ok {
			a := Answer{Question: q, Agreement: None, Missing: "who is meant is not clear: ask again with the name"}
			return b.withNearest(ctx, a)
		}
		q = named
	}
	if q.Unclear {
		a := Answer{Question: q, Agreement: None, Missing: "what is meant is not clear: name the thing that is asked about"}
		return b.withNearest(ctx, a)
	}
	a, final, err := b.Rules(ctx, q)
	if final || err != nil {
		return a, err
	}
	return b.confirmed(ctx, q, a)
}

// Rules answers without the model; final where the model has no say in it: the
// articles give the very attribute that is asked for.
func (b *Base) Rules(ctx context.Context, q question.Question) (a Answer, final bool, err error) {
	if q.RoleAsked && slices.Contains(q.Attribute.Names, "leader") {
		if a, err := b.roleHolder(ctx, q); err != nil || a.Answered() {
			return a, true, err // "X-led" says less than a title does
		}
	}
	if q.Attribute.Kind != "" && !(q.Follow == question.SameFacts && len(q.Turns) > 0) {
		if a, ok, err := b.attribute(ctx, q); ok || err != nil {
			return a, true, err
		}
	}
	a, err = b.byRules(ctx, q)
	return a, false, err
}

// byRules answers by the grammar of the articles alone.
func (b *Base) byRules(ctx context.Context, q question.Question) (Answer, error) {
	if q.Follow == question.SameFacts && len(q.Turns) > 0 {
		return b.follow(ctx, q)
	}
	switch q.Type {
	case question.Greeting:
		return Answer{Question: q, Agreement: None, Missing: "that is no question"}, nil
	case question.Figure:
		a, err := b.figure(ctx, q)
		if err == nil && !a.Answered() && q.Sense == question.HowLong && q.Verb != "" {
			return b.fromWhenToWhen(ctx, q, a)
		}
		return a, err
	case question.Definition:
		return b.definition(ctx, q)
	case question.Statement:
		return b.statement(ctx, q)
	case question.YesNo:
		return b.yesNo(ctx, q)
	case question.Person:
		if q.Cue == "said" || q.Cue == "source" {
			return b.speaker(ctx, q)
		}
		if q.Verb == "" || q.RoleAsked {
			return b.roleHolder(ctx, q)
		}
	case question.Other:
		return b.other(ctx, q)
	}
	return b.span(ctx, q)
}

// fromWhenToWhen answers how long something went on with when it began and
// ended, where the articles give no length of time; refused is the answer
// otherwise.
func (b *Base) fromWhenToWhen(ctx context.Context, q question.Question, refused Answer) (Answer, error) {
	as := q
	as.Type, as.Sense, as.Cue = question.Time, "", "from when to when"
	a, err := b.span(ctx, as)
	if err != nil || !a.Answered() {
		return refused, err
	}
	a.Question = q
	return a, nil
}

// other answers a question whose type is not known: with a figure where just
// that is what the articles give ("what raise does the union demand?"), or
// else with the line that has the words of the question.
func (b *Base) other(ctx context.Context, q question.Question) (Answer, error) {
	if as := q.AsFigure(); as.Head != "" && len(q.Given) == 0 && q.Cue != "how" {
		a, err := b.figure(ctx, as)
		if err != nil || a.Answered() {
			a.Question = q
			return a, err
		}
	}
	if q.Cue == question.Happened || q.Cue == question.Did && len(q.Names) > 0 {
		return b.deeds(ctx, q)
	}
	for _, answer := range []func(context.Context, question.Question) (Answer, error){b.placeCalled, b.afterColon, b.line} {
		if a, err := answer(ctx, q); err != nil || a.Answered() {
			return a, err
		}
	}
	return b.span(ctx, q)
}

// Ask reads the text and answers it.
func (b *Base) Ask(ctx context.Context, text string, turns ...question.Turn) (Answer, error) {
	q, err := b.Read(ctx, text, turns...)
	if err != nil {
		return Answer{}, err
	}
	return b.Answer(ctx, q)
}
