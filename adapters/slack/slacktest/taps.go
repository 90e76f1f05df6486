package slacktest

import "encoding/json"

// button finds the button, or the feedback button, with a value among blocks,
// and returns what Slack sends when it is tapped.
func button(blocks json.RawMessage, value string) (object, bool) {
	var list []object
	if json.Unmarshal(blocks, &list) != nil {
		return nil, false
	}
	for _, b := range list {
		elements, _ := b["elements"].([]any)
		for _, e := range elements {
			element, _ := e.(object)
			if element == nil {
				continue
			}
			tapped := object{"block_id": b["block_id"], "action_id": element["action_id"], "type": element["type"], "value": value}
			if element["value"] == value {
				return tapped, true
			}
			for _, side := range []string{"positive_button", "negative_button"} {
				if half, ok := element[side].(object); ok && half["value"] == value {
					return tapped, true
				}
			}
		}
	}
	return nil, false
}
