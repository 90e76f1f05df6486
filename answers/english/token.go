package english

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Kind tells what a token is made of.
type Kind uint8

// The kinds of a token.
const (
	Word   Kind = iota
	Number      // digits, grouped or with decimals: "2,030", "1.5"
	Mark        // punctuation and symbols, one rune each
)

// A Case tells how a word is written.
type Case uint8

// The cases of a word.
const (
	Lower Case = iota // "troops"
	Title             // "Troops"
	Upper             // "NATO": two letters or more, all capitals
	Mixed             // "McDonald", "iPhone"
)

// A Token is a word, a number or a mark, with its place in the text.
type Token struct {
	Start, End int  // byte range in the text, the base offset added
	Space      bool // white space (or the start of the text) stands before it
	*Form
}

// A Form is what a token is wherever it stands. It is shared by many tokens and
// never changes.
type Form struct {
	Text  string // as written
	Norm  string // lower case, diacritics and curly quotes folded: what is compared
	Lemma string // of a word its dictionary form or, of a verb with its particle, that of the verb that both mean; otherwise Norm
	Kind  Kind
	Case  Case
	Class Class // which closed classes Norm belongs to

	particle bool   // may make another verb of the one before it
	ofNorm   uint32 // a hash of Norm
	english  uint32 // what English says, where that was asked before
}

// Is reports whether the form belongs to one of the classes.
func (f *Form) Is(c Class) bool { return f.Class&c != 0 }

// Particle reports whether the word may make another verb of the one before it.
func (f *Form) Particle() bool { return f.particle }

// Hash spreads the folded form, for tables of words as they come by.
func (f *Form) Hash() uint32 { return f.ofNorm }

// Reread makes the token stand for other words than are written: with that
// folded form, lemma and classes.
func (t *Token) Reread(norm, lemma string, class Class) {
	t.Form = &Form{
		Text: t.Text, Norm: norm, Lemma: lemma, Kind: t.Kind, Case: t.Case, Class: class,
		ofNorm: hash(norm), particle: phrasal.Has(norm),
	}
}

// Tokens cuts text into tokens. Base is added to every offset.
//
// Words are split at hyphens and slashes (the hyphen is a Mark without space
// before it), before "'s" and "n't", and between digits and letters; "U.S."
// stays one word, and so does "2,030" one number.
func Tokens(text string, base int) []Token {
	return AppendTokens(make([]Token, 0, len(text)/5+4), text, base)
}

// AppendTokens is Tokens into an existing slice.
func AppendTokens(out []Token, text string, base int) []Token {
	space, first := true, len(out)
	for i := 0; i < len(text); {
		c := text[i]
		r, n := rune(c), 1
		if c >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case c == ' ' || unicode.IsSpace(r) || r == '\u00a0' || r == '\u202f' || r == '\u200b' || r == '\ufeff':
			space = true
			i += n
			continue
		case isASCIILetter(c) || c >= utf8.RuneSelf && unicode.IsLetter(r):
			n = wordLen(text[i:])
			w := text[i : i+n]
			if k := contraction(w); k > 0 {
				out = append(out, makeToken(w[:k], base+i, Word, space))
				out = append(out, makeToken(w[k:], base+i+k, Word, false))
			} else {
				out = append(out, makeToken(w, base+i, Word, space))
			}
		case c >= '0' && c <= '9':
			n = numberLen(text[i:])
			out = append(out, makeToken(text[i:i+n], base+i, Number, space))
		case (r == '\'' || r == '’') && !space && len(out) > 0 && out[len(out)-1].Kind == Word && possessive(text[i+n:]):
			n += 1
			out = append(out, makeToken(text[i:i+n], base+i, Word, false))
		default:
			out = append(out, makeToken(text[i:i+n], base+i, Mark, space))
		}
		space = false
		i += n
	}
	readPhrasal(out[first:])
	readHomographs(out[first:])
	return out
}

// numberLen is the length of the digits at the start of s, grouping commas,
// points and decimals included where digits follow them.
func numberLen(s string) int {
	i := 0
	for i < len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			i++
		case (c == ',' || c == '.') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
			i++
		default:
			return i
		}
	}
	return i
}

// wordLen is the length of the word at the start of s: letters, combining
// marks, inner apostrophes before letters other than a final s, and the
// points of an abbreviation such as "U.S.".
func wordLen(s string) int {
	i := 0
	for i < len(s) && isASCIILetter(s[i]) {
		i++
	}
	switch {
	case i == len(s):
		return i
	case i == 1 && s[1] == '.':
		if n := dottedLen(s); n > 0 {
			return n
		}
		return i
	case s[i] < utf8.RuneSelf && s[i] != '\'':
		return i
	}
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) {
			i += n
			continue
		}
		if (r == '\'' || r == '’') && i > 0 {
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			if unicode.IsLetter(next) && !possessive(s[i+n:]) {
				i += n
				continue
			}
		}
		break
	}
	return i
}

// dottedLen is the length of an abbreviation of single letters with points
// ("U.S.", "a.m.") at the start of s, or 0.
func dottedLen(s string) int {
	i, letters := 0, 0
	for i+1 < len(s) && isASCIILetter(s[i]) && s[i+1] == '.' {
		i += 2
		letters++
	}
	if letters < 2 {
		return 0
	}
	return i
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// possessive reports whether s, what stands after an apostrophe, is an s that
// ends the word.
func possessive(s string) bool {
	if s == "" || s[0]|0x20 != 's' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[1:])
	return len(s) == 1 || !unicode.IsLetter(r)
}

// contraction is where "n't", "'ll", "'re", "'ve", "'d" or "'m" begins in w,
// or 0.
func contraction(w string) int {
	if strings.IndexByte(w, '\'') < 0 && strings.IndexByte(w, "’"[0]) < 0 {
		return 0
	}
	for _, suffix := range [...]string{"n't", "n’t", "N'T", "N’T", "'ll", "’ll", "'re", "’re", "'ve", "’ve", "'d", "’d", "'m", "’m"} {
		if len(w) > len(suffix) && strings.HasSuffix(w, suffix) {
			return len(w) - len(suffix)
		}
	}
	return 0
}

func makeToken(s string, start int, k Kind, space bool) Token {
	return Token{Start: start, End: start + len(s), Space: space, Form: formOf(s, k)}
}

func caseOf(s string) Case {
	first, upper, lower := Lower, 0, 0
	for i, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
			if i == 0 {
				first = Title
			}
		case unicode.IsLower(r):
			lower++
		}
	}
	switch {
	case upper == 0:
		return Lower
	case lower == 0 && upper > 1:
		return Upper
	case upper == 1 && first == Title:
		return Title
	default:
		return Mixed
	}
}
