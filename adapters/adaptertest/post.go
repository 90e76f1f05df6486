package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"sourceline/adapters"
)

// short is a reply of one paragraph.
func short(text string) *adapters.Reply {
	return &adapters.Reply{Parts: []adapters.Part{adapters.Paragraph{Text: text}}}
}

// tryPost posts within the suite's patience.
func tryPost(s *session, o adapters.Outgoing) (adapters.PostID, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return s.Post(ctx, o)
}

func mustPost(t *testing.T, s *session, o adapters.Outgoing) adapters.PostID {
	t.Helper()
	id, err := tryPost(s, o)
	if err != nil {
		t.Fatalf("Post %s: %v", o.Key, err)
	}
	if id == "" && o.Reply != nil {
		t.Fatalf("Post %s returned no post", o.Key)
	}
	return id
}

// wantPosts checks that exactly the posts whose texts contain these words
// stand in the conversation, and returns them.
func wantPosts(t *testing.T, p Platform, c adapters.Conversation, words ...string) []Post {
	t.Helper()
	posts := p.Posts(t, c)
	ok := len(posts) == len(words)
	for i := 0; ok && i < len(words); i++ {
		ok = strings.Contains(posts[i].Text, words[i])
	}
	if !ok {
		t.Fatalf("in %+v stand %+v, want posts with %q", c, posts, words)
	}
	return posts
}

func testPost(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	reply := &adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Text: "some 300", Summary: "people evacuated", Caveat: "withdrawn by the fire service"},
		adapters.Paragraph{Text: "Two articles agree."},
		adapters.Quote{
			Text:      "The fire service said some 300 people had left their homes.",
			Highlight: [][2]int{{22, 37}},
			Label:     "withdrawn",
			Source: adapters.Source{Name: "The Daily Post", Title: "Fire near the lake", URL: "https://example.org/fire",
				Date: "3 May 2021", Line: 7, Attribution: "the fire service"},
		},
		adapters.Note{Text: "read “evacuatd” as “evacuated”"},
		adapters.Choices{Options: []adapters.Choice{{Label: "Who says so?", Value: "ask:1", Ask: "who says so?"}}},
	}}
	id := mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: reply, Return: m.Return})
	post := wantPosts(t, p, m.Conversation, "some 300")[0]
	if post.ID != id {
		t.Errorf("Post returned %q, the platform has %q", id, post.ID)
	}
	for _, want := range []string{"people evacuated", "withdrawn by the fire service", "Two articles agree.",
		"The fire service said some 300 people had left their homes.", "The Daily Post", "3 May 2021", "line 7",
		"the fire service", "read “evacuatd” as “evacuated”"} {
		if !strings.Contains(squash(post.Text), want) {
			t.Errorf("the post lacks %q:\n%s", want, post.Text)
		}
	}
}

func testPostEdited(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	id := mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: short("eleven"), Return: m.Return})
	for i, text := range []string{"twelve", "thirteen"} {
		o := adapters.Outgoing{Key: fmt.Sprint("k1.", i+2), Conversation: m.Conversation, Replaces: id, Reply: short(text), Return: m.Return}
		if got := mustPost(t, s, o); got != id {
			t.Errorf("an edit of %q returned %q", id, got)
		}
		if post := wantPosts(t, p, m.Conversation, text)[0]; post.ID != id || strings.Contains(post.Text, "eleven") {
			t.Errorf("after the edit of %q stands %+v", id, post)
		}
	}
}

func testPostDeleted(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	id := mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: short("eleven"), Return: m.Return})
	gone := adapters.Outgoing{Key: "k1.2", Conversation: m.Conversation, Replaces: id, Return: m.Return}
	mustPost(t, s, gone)
	wantPosts(t, p, m.Conversation)
	gone.Uncertain = true
	mustPost(t, s, gone) // what is gone already is not an error

	edit := adapters.Outgoing{Key: "k1.3", Conversation: m.Conversation, Replaces: id, Reply: short("twelve"), Return: m.Return}
	if _, err := tryPost(s, edit); err != nil && !errors.Is(err, adapters.ErrNotFound) && !errors.Is(err, adapters.ErrPermanent) {
		t.Errorf("an edit of a deleted post: %v, want ErrNotFound or ErrPermanent (or nil, where the platform takes it)", err)
	}
	wantPosts(t, p, m.Conversation)
}

func testPostInThread(t *testing.T, p Platform) {
	s := fresh(t, p)
	ref, _ := ask(t, s, question)
	other, _ := ask(t, s, "and how many houses?")
	p.Do(t, Act{Kind: adapters.ThreadReply, Who: "bob", Room: "desk", On: ref, Text: "who says so?"})
	p.Do(t, Act{Kind: adapters.ThreadReply, Who: "bob", Room: "desk", On: other, Text: "and when?"})
	first := s.inbox.await(t, adapters.ThreadReply, "who says so?")
	second := s.inbox.await(t, adapters.ThreadReply, "and when?")
	mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: first.Conversation, Reply: short("the mayor"), Return: first.Return})
	mustPost(t, s, adapters.Outgoing{Key: "k2", Conversation: second.Conversation, Reply: short("on Monday"), Return: second.Return})
	wantPosts(t, p, first.Conversation, "the mayor")
	wantPosts(t, p, second.Conversation, "on Monday")
}

func testEphemeral(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Only: m.Sender, Reply: short("eleven"), Return: m.Return})
	if post := wantPosts(t, p, m.Conversation, "eleven")[0]; post.Only != m.Sender {
		t.Errorf("a post for %q alone is seen by %q", m.Sender, post.Only)
	}
}

// testLost: a post whose answer was lost is posted once, whether it had
// arrived or not. An adapter may find that out by itself; one that cannot
// says ErrUncertain and looks when it is asked again.
func testLost(t *testing.T, p Platform, arrives bool) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	mustPost(t, s, adapters.Outgoing{Key: "k0", Conversation: m.Conversation, Reply: short("ten"), Return: m.Return})
	p.Lose(t, arrives)
	o := adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: short("eleven"), Return: m.Return}
	id, err := tryPost(s, o)
	if err != nil {
		if !errors.Is(err, adapters.ErrUncertain) {
			t.Errorf("the answer to a post was lost: %v, want ErrUncertain", err)
		}
		o.Uncertain = true
		id = mustPost(t, s, o)
	}
	if posts := wantPosts(t, p, m.Conversation, "ten", "eleven"); posts[1].ID != id {
		t.Errorf("Post returned %q for %+v", id, posts[1])
	}
}

// testUncertainAfterRestart: the bot crashed between posting and writing it
// down; the next one looks before it posts.
func testUncertainAfterRestart(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	posted := adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: short("eleven"), Return: m.Return}
	id := mustPost(t, s, posted)
	s.stop()
	s = start(t, p, s.store, s.inbox)
	posted.Uncertain = true
	if again := mustPost(t, s, posted); again != id {
		t.Errorf("the post is %q and, looked for after a restart, %q", id, again)
	}
	never := adapters.Outgoing{Key: "k2", Conversation: m.Conversation, Reply: short("twelve"), Return: m.Return, Uncertain: true}
	mustPost(t, s, never)
	wantPosts(t, p, m.Conversation, "eleven", "twelve")

	edit := adapters.Outgoing{Key: "k1.2", Conversation: m.Conversation, Replaces: id, Reply: short("thirteen"), Return: m.Return, Uncertain: true}
	mustPost(t, s, edit)
	wantPosts(t, p, m.Conversation, "thirteen", "twelve")
}

func testPostsAtOnce(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	const n = 3
	errs := make(chan error, n)
	for i := range n {
		go func() {
			_, err := tryPost(s, adapters.Outgoing{Key: fmt.Sprint("k", i), Conversation: m.Conversation,
				Reply: short(fmt.Sprint("answer ", i)), Return: m.Return})
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	posts := p.Posts(t, m.Conversation)
	for i := range n {
		count := 0
		for _, post := range posts {
			if strings.Contains(post.Text, fmt.Sprint("answer ", i)) {
				count++
			}
		}
		if count != 1 || len(posts) != n {
			t.Errorf("answer %d stands %d times among %d posts", i, count, len(posts))
		}
	}
}

// testManyQuotes: a reply that is too long is cut between quotes, says so,
// and keeps what comes first.
func testManyQuotes(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	reply := &adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: "some 300", Summary: "people evacuated"}}}
	const n = 400
	filler := strings.Repeat("and so it went on in the town by the lake, ", 20)
	for i := range n {
		reply.Parts = append(reply.Parts, adapters.Quote{
			Text:   fmt.Sprintf("[begin%d] %s [end%d]", i, filler, i),
			Source: adapters.Source{Name: "The Daily Post", Line: i + 1},
		})
	}
	mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: reply, Return: m.Return})
	text := wantPosts(t, p, m.Conversation, "some 300")[0].Text
	shown := 0
	for i := range n {
		begin, end := strings.Contains(text, fmt.Sprintf("[begin%d]", i)), strings.Contains(text, fmt.Sprintf("[end%d]", i))
		if begin != end {
			t.Errorf("quote %d is cut: begin %v, end %v", i, begin, end)
		}
		if begin && shown < i {
			t.Errorf("quote %d is shown, quote %d is not", i, shown)
		}
		if begin {
			shown++
		}
	}
	if shown == 0 {
		t.Errorf("no quote is shown:\n%s", text)
	}
	if more := fmt.Sprintf("%d more lines", n-shown); shown < n && !strings.Contains(text, more) {
		t.Errorf("%d of %d quotes are shown, and the post does not say %q", shown, n, more)
	}
}

// testLongQuote: one quote that is too long alone is shortened around what is
// highlighted, and the headline stays.
func testLongQuote(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	filler := strings.Repeat("and so it went on in the town by the lake, ", 4000)
	text := filler + "some 300 people left. " + filler
	reply := &adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Text: "some 300", Summary: "people evacuated"},
		adapters.Quote{Text: text, Highlight: [][2]int{{len(filler), len(filler) + len("some 300 people")}},
			Source: adapters.Source{Name: "The Daily Post", Line: 1}},
	}}
	mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: reply, Return: m.Return})
	post := wantPosts(t, p, m.Conversation, "some 300")[0]
	if !strings.Contains(squash(post.Text), "some 300 people") {
		t.Errorf("the shortened quote lacks its highlight:\n%.500s", post.Text)
	}
}
