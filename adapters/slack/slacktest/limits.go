package slacktest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// units counts characters as Slack does.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// The limits that Slack documents, and for all texts of a message together the
// one that was seen; coded apart from the adapter's, on purpose.
var textLimits = map[string]int{"header": 150, "section": 3000, "context": 2000, "button": 75}

const (
	totalLimit  = 13200
	blockLimit  = 50
	buttonLimit = 25
)

// CheckBlocks returns an error where blocks break one of Slack's limits.
func CheckBlocks(blocks json.RawMessage) error {
	var list []object
	if err := json.Unmarshal(blocks, &list); err != nil {
		return fmt.Errorf("blocks are no array of objects: %w", err)
	}
	if len(list) == 0 || len(list) > blockLimit {
		return fmt.Errorf("%d blocks, want 1 to %d", len(list), blockLimit)
	}
	total, ids := 0, map[string]bool{}
	for i, b := range list {
		if id, ok := b["block_id"].(string); ok && id != "" {
			if ids[id] || units(id) > 255 {
				return fmt.Errorf("block %d: the ID %q is long or not the only one", i, id)
			}
			ids[id] = true
		}
		n, err := checkBlock(b)
		if err != nil {
			return fmt.Errorf("block %d: %w", i, err)
		}
		total += n
	}
	if total > totalLimit {
		return fmt.Errorf("%d characters in all blocks, want at most %d", total, totalLimit)
	}
	return nil
}

// checkBlock checks one block and counts its characters.
func checkBlock(b object) (int, error) {
	kind, _ := b["type"].(string)
	elements, _ := b["elements"].([]any)
	switch kind {
	case "header", "section":
		return checkText(kind, b["text"])
	case "divider":
		return 0, nil
	case "context":
		if len(elements) == 0 || len(elements) > 10 {
			return 0, fmt.Errorf("%d elements in a context", len(elements))
		}
		return sum(elements, func(e object) (int, error) { return checkText("context", map[string]any(e)) })
	case "actions":
		if len(elements) == 0 || len(elements) > buttonLimit {
			return 0, fmt.Errorf("%d buttons", len(elements))
		}
		return sum(elements, checkButton)
	case "context_actions":
		if len(elements) == 0 || len(elements) > 5 {
			return 0, fmt.Errorf("%d elements in context_actions", len(elements))
		}
		return sum(elements, checkFeedback)
	case "rich_text":
		if len(elements) == 0 {
			return 0, fmt.Errorf("empty rich_text")
		}
		return sum(elements, checkRich)
	}
	return 0, fmt.Errorf("type %q", kind)
}

func sum(elements []any, f func(object) (int, error)) (int, error) {
	total := 0
	for i, e := range elements {
		o, ok := e.(object)
		if !ok {
			return 0, fmt.Errorf("element %d is no object", i)
		}
		n, err := f(o)
		if err != nil {
			return 0, fmt.Errorf("element %d: %w", i, err)
		}
		total += n
	}
	return total, nil
}

func checkText(in string, v any) (int, error) {
	t, _ := v.(object)
	text, _ := t["text"].(string)
	n := units(text)
	if n == 0 || n > textLimits[in] {
		return 0, fmt.Errorf("%d characters in a %s, want 1 to %d", n, in, textLimits[in])
	}
	return n, nil
}

func checkLabels(b object) (int, error) {
	label, _ := b["accessibility_label"].(string)
	value, _ := b["value"].(string)
	if units(label) > 75 || units(value) > 2000 {
		return 0, fmt.Errorf("accessibility label of %d or value of %d characters", units(label), units(value))
	}
	return checkText("button", b["text"])
}

func checkButton(b object) (int, error) {
	if b["type"] != "button" {
		return 0, fmt.Errorf("%v among buttons", b["type"])
	}
	return checkLabels(b)
}

func checkFeedback(b object) (int, error) {
	if b["type"] != "feedback_buttons" {
		return 0, fmt.Errorf("%v in context_actions", b["type"])
	}
	up, _ := b["positive_button"].(object)
	down, _ := b["negative_button"].(object)
	return sum([]any{up, down}, checkLabels)
}

// checkRich checks a section or a quote of a rich_text block.
func checkRich(e object) (int, error) {
	if k := e["type"]; k != "rich_text_section" && k != "rich_text_quote" {
		return 0, fmt.Errorf("%v in rich_text", k)
	}
	words, _ := e["elements"].([]any)
	if len(words) == 0 {
		return 0, fmt.Errorf("empty %v", e["type"])
	}
	return sum(words, func(w object) (int, error) {
		text, _ := w["text"].(string)
		if k := w["type"]; text == "" || (k != "text" && k != "link") {
			return 0, fmt.Errorf("%v element with %s", k, strconv.Quote(text))
		}
		return units(text), nil
	})
}
