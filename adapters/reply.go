package adapters

// A Reply is a small tree of parts that each adapter prints in its own way.
type Reply struct{ Parts []Part }

// A Part is one of Headline, Paragraph, Quote, Note and Choices.
type Part interface{ part() }

// A Headline is the figure or the words that answer, big.
type Headline struct {
	Text    string // verbatim from an article; "" where there is no answer
	Summary string // our frame for it
	Caveat  string // stands on the same line as the figure: "withdrawn by the Information Ministry"
}

// A Paragraph is text of our own.
type Paragraph struct{ Text string }

// A Quote is a line of an article, word for word.
type Quote struct {
	Text      string
	Highlight [][2]int // byte ranges of Text, ascending, not overlapping
	Source    Source
	Label     string // our word for what the line is ("withdrawn", "caption"); "" for plain evidence
}

// A Source says where a quote stands.
type Source struct {
	Name        string // publisher, or the article's title
	Title, URL  string
	Date        string // already formatted for the reader
	Line        int
	Attribution string // who says so, as the article gives it
}

// A Note is a smaller line of our own: how a word was read, what is missing.
type Note struct{ Text string }

// Choices are what can be tapped or typed next.
type Choices struct{ Options []Choice }

// A Choice is one button, or on a platform without buttons one line.
type Choice struct {
	Label string // what it says, at most 75 characters
	Value string // what comes back as Message.Value
	Ask   string // the question that it stands for, where it is one: what to type on a platform without buttons
}

func (Headline) part()  {}
func (Paragraph) part() {}
func (Quote) part()     {}
func (Note) part()      {}
func (Choices) part()   {}
