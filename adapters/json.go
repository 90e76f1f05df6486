package adapters

import (
	"encoding/json"
	"fmt"
)

// jsonPart is one part of a reply with its type as the key, so that a reply
// can be stored and read back: {"quote":{…}}.
type jsonPart struct {
	Headline  *Headline  `json:"headline,omitempty"`
	Paragraph *Paragraph `json:"paragraph,omitempty"`
	Quote     *Quote     `json:"quote,omitempty"`
	Note      *Note      `json:"note,omitempty"`
	Choices   *Choices   `json:"choices,omitempty"`
}

// MarshalJSON writes the parts as an array of objects with one key, the
// part's type in lower case.
func (r Reply) MarshalJSON() ([]byte, error) {
	parts := make([]jsonPart, len(r.Parts))
	for i, p := range r.Parts {
		switch p := p.(type) {
		case Headline:
			parts[i].Headline = &p
		case Paragraph:
			parts[i].Paragraph = &p
		case Quote:
			parts[i].Quote = &p
		case Note:
			parts[i].Note = &p
		case Choices:
			parts[i].Choices = &p
		default:
			return nil, fmt.Errorf("reply part %d has the type %T, want Headline, Paragraph, Quote, Note or Choices by value", i, p)
		}
	}
	return json.Marshal(parts)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Reply) UnmarshalJSON(data []byte) error {
	var parts []jsonPart
	if err := json.Unmarshal(data, &parts); err != nil {
		return fmt.Errorf("reply: %w", err)
	}
	r.Parts = make([]Part, len(parts))
	for i, p := range parts {
		switch {
		case p.Headline != nil:
			r.Parts[i] = *p.Headline
		case p.Paragraph != nil:
			r.Parts[i] = *p.Paragraph
		case p.Quote != nil:
			r.Parts[i] = *p.Quote
		case p.Note != nil:
			r.Parts[i] = *p.Note
		case p.Choices != nil:
			r.Parts[i] = *p.Choices
		default:
			return fmt.Errorf("reply part %d has no known type, want one of headline, paragraph, quote, note, choices", i)
		}
	}
	return nil
}
