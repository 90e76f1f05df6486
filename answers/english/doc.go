// Package english knows the words of English news: it cuts text into tokens,
// reduces words to lemmas, tells function words from content words, and says
// which words news uses for the same thing.
//
// It knows the language, never an event: no table here may name a person, a
// place of a story or an organisation, countries and their inhabitants aside.
package english
