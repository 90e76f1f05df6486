package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"

	"sourceline/adapters"
)

// platform is the name of the platform that this adapter stands for.
const platform = "load"

// An adapter asks questions at a rate and notes when their answers are posted.
type adapter struct {
	*meter
	settings
}

// Run asks until the time is over and all is answered; then it returns io.EOF.
func (a *adapter) Run(ctx context.Context, inbox adapters.Inbox) error {
	a.begin()
	slots := make(chan struct{}, a.outstanding)
	a.answered = func() { <-slots }
	var asking sync.WaitGroup
	for n := 0; ctx.Err() == nil; n++ {
		due := a.began.Add(a.due(n))
		if due.Sub(a.began) >= a.span {
			break
		}
		time.Sleep(time.Until(due))
		slots <- struct{}{}
		if a.rate == 0 {
			due = time.Now()
			if due.Sub(a.began) >= a.span {
				break
			}
		}
		if !a.asked(n, due) {
			break
		}
		asking.Go(func() { a.ask(ctx, inbox, n) })
	}
	asking.Wait()
	a.await(ctx)
	return io.EOF
}

// due is when the nth question is to be asked, from the beginning.
func (a *adapter) due(n int) time.Duration {
	if a.rate == 0 {
		return 0
	}
	return time.Duration(float64(n) / a.rate * float64(time.Second))
}

// ask puts the nth question, again and again where that fails.
func (a *adapter) ask(ctx context.Context, inbox adapters.Inbox, n int) {
	id := strconv.Itoa(n)
	thread := id
	if a.threads > 0 {
		thread = strconv.Itoa(n % a.threads)
	}
	m := adapters.Message{ID: id, Kind: adapters.Mention, Sender: "U" + strconv.Itoa(n%997), Text: a.questions[n%len(a.questions)], Sent: time.Now(),
		Conversation: adapters.Conversation{Platform: platform, Workspace: "T1", Room: "C" + strconv.Itoa(n%101), Thread: thread},
		Return:       []byte(id)}
	for ctx.Err() == nil && inbox.Put(ctx, m) != nil {
		time.Sleep(10 * time.Millisecond)
	}
}

// Post notes that the question with the ID in Return is answered.
func (a *adapter) Post(_ context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	n, err := strconv.Atoi(string(o.Return))
	if err != nil || o.Reply == nil {
		return "", fmt.Errorf("unexpected post %+v: %w", o, adapters.ErrPermanent)
	}
	a.posted(n)
	return adapters.PostID("p" + o.Key), nil
}

// Ready is always nil.
func (a *adapter) Ready() error { return nil }

// Check has nothing to check.
func (a *adapter) Check(context.Context) []adapters.Finding { return nil }
