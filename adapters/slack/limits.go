package slack

// What Slack takes, in characters as it counts them (UTF-16 code units) unless
// said otherwise.
const (
	maxBlocks     = 50   // in a message
	maxHeader     = 150  // of a header block
	maxContext    = 2000 // of a text in a context block
	maxSection    = 3000 // of any other text
	maxButton     = 75   // of a button's label and its accessibility label
	maxValue      = 2000 // of a button's value
	maxBlockID    = 255
	maxButtons    = 25 // in an actions block
	maxPrompts    = 4  // suggested in a conversation
	maxMetadata   = 255
	maxURL        = 3000
	maxPromptText = 2000

	// maxMessage is what all texts of a message may have together. Slack refuses
	// somewhat above 13,200; the rest is for what it may count and we do not.
	maxMessage = 11_000
	// maxFallback is for the text beside the blocks, which Slack cuts or refuses
	// above 4,000.
	maxFallback = 3000
	// maxShort is for the text that is posted where the blocks were refused, and
	// maxBare for the last try.
	maxShort = 1200
	maxBare  = 150
)
