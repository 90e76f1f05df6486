package dialogue

import (
	"strings"
	"sync"
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

// A style is how a locale writes: what it takes to make a frame.
type style struct {
	tag    language.Tag
	months monday.Locale
	layout string
}

// newFrame takes the first of the locales that is one.
func newFrame(locales ...string) *frame {
	var s style
	for _, l := range locales {
		if s = styles.get(l, func() style { return styleOf(l) }); s.tag != language.Und {
			break
		}
	}
	if s.tag == language.Und {
		s = styleOf(string(fallback))
	}
	return &frame{print: message.NewPrinter(s.tag), months: s.months, layout: s.layout}
}

// styleOf is how a locale writes; the zero style where it is none.
func styleOf(locale string) style {
	tag, err := language.Parse(strings.ReplaceAll(locale, "_", "-"))
	if err != nil || tag == language.Und {
		return style{}
	}
	_, i, _ := calendarMatch.Match(tag)
	layout := monday.MediumFormatsByLocale[calendars[i]]
	if strings.Contains(layout, "Jan") {
		layout = strings.Replace(layout, "02", "2", 1)
	}
	return style{tag, calendars[i], layout}
}

// date writes a day; "" for none.
func (f *frame) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	y, m, d := t.Date()
	return days.get(day{f.months, y, m, d}, func() string { return monday.Format(t, f.layout, f.months) })
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

// A day is a date as a locale writes it.
type day struct {
	months monday.Locale
	year   int
	month  time.Month
	day    int
}

// What was looked up before: the same few locales and dates stand in most
// answers, and reading a locale or writing a month takes as long as finding
// the answer.
var (
	styles = memo[string, style]{most: 256}
	days   = memo[day, string]{most: 4096}
)

// A memo keeps what was made before. When it is full it begins anew.
type memo[K comparable, V any] struct {
	most int
	mu   sync.Mutex
	kept map[K]V
}

func (m *memo[K, V]) get(k K, made func() V) V {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.kept[k]
	if ok {
		return v
	}
	v = made()
	if len(m.kept) >= m.most || m.kept == nil {
		m.kept = map[K]V{}
	}
	m.kept[k] = v
	return v
}
