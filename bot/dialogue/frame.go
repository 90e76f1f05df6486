package dialogue

import (
	"strings"
	"time"

	"github.com/goodsign/monday"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// A frame writes the dates and counts of our own words for one reader. The
// words are English; what is quoted from an article never passes through it.
type frame struct {
	print  *message.Printer
	months monday.Locale
	layout string
}

var (
	calendars     = monday.ListLocales()
	calendarTags  = tagsOf(calendars)
	calendarMatch = language.NewMatcher(calendarTags)
)

// fallback is the locale where none is given or known. It comes first in the
// matcher's list for that reason.
const fallback = monday.LocaleEnGB

func tagsOf(locales []monday.Locale) []language.Tag {
	for i, l := range locales {
		if l == fallback {
			locales[0], locales[i] = locales[i], locales[0]
		}
	}
	var tags []language.Tag
	for _, l := range locales {
		tags = append(tags, language.Make(strings.ReplaceAll(string(l), "_", "-")))
	}
	return tags
}

// newFrame takes the first of the locales that is one.
func newFrame(locales ...string) *frame {
	tag := language.Make(strings.ReplaceAll(string(fallback), "_", "-"))
	for _, l := range locales {
		if t, err := language.Parse(l); err == nil && t != language.Und {
			tag = t
			break
		}
	}
	_, i, _ := calendarMatch.Match(tag)
	layout := monday.MediumFormatsByLocale[calendars[i]]
	if strings.Contains(layout, "Jan") {
		layout = strings.Replace(layout, "02", "2", 1)
	}
	return &frame{print: message.NewPrinter(tag), months: calendars[i], layout: layout}
}

// date writes a day; "" for none.
func (f *frame) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return monday.Format(t, f.layout, f.months)
}

// count writes a number.
func (f *frame) count(n int) string { return f.print.Sprintf("%d", n) }

// counted writes a number with its noun.
func (f *frame) counted(n int, one, many string) string {
	if n == 1 {
		return f.count(n) + " " + one
	}
	return f.count(n) + " " + many
}
