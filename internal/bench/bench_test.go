package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"sourceline/answers"
	"sourceline/corpus"
)

// seed is that of every archive that is measured.
const seed = 1

// sizes are the archives that are measured, in sentences.
var sizes = []int{1_000, 10_000, 100_000, 1_000_000}

func source(t testing.TB) *Source {
	t.Helper()
	s, err := Open("../..")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func size(articles []*corpus.Article) (bytes int) {
	for _, a := range articles {
		bytes += len(a.Text)
	}
	return bytes
}

// TestArchive holds the generator to its promise: one seed, one archive, and a
// larger one begins with the smaller.
func TestArchive(t *testing.T) {
	small, questions := source(t).Archive(500, seed)
	large, _ := source(t).Archive(2000, seed)
	if len(small) >= len(large) || len(questions) == 0 {
		t.Fatalf("%d and %d articles, %d questions", len(small), len(large), len(questions))
	}
	for i, a := range small {
		if *a != *large[i] {
			t.Fatalf("article %d is another in the larger archive:\n%+v\n%+v", i, a, large[i])
		}
	}
	other, _ := source(t).Archive(500, seed+1)
	if other[0].Text == small[0].Text {
		t.Error("another seed makes the same article")
	}
}

func heap() uint64 {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkBuild measures extraction and indexing, and what they hold in
// memory above the text of the articles.
func BenchmarkBuild(b *testing.B) {
	s := source(b)
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			articles, _ := s.Archive(n, seed)
			b.SetBytes(int64(size(articles)))
			before := heap()
			var base *answers.Base
			start := programTime()
			for b.Loop() {
				var err error
				base = nil
				if base, err = answers.New(articles); err != nil {
					b.Fatal(err)
				}
			}
			if used := programTime() - start; used > 0 {
				b.ReportMetric(float64(size(articles)*b.N)/1e6/used.Seconds(), "cpu-MB/s")
			}
			b.ReportMetric(float64(heap()-before)/float64(base.Sentences()), "B/sentence")
			b.ReportMetric(float64(size(articles))/float64(base.Sentences()), "text-B/sentence")
			runtime.KeepAlive(articles)
		})
	}
}

// kinds are the groups of questions that have a bound of their own.
var kinds = map[string]func(Question) bool{
	"figure": func(q Question) bool { return q.Kind == "figure" || q.Kind == "conflict" },
	"other":  func(q Question) bool { return q.Kind != "figure" && q.Kind != "conflict" },
}

// asked is how many questions of a group are timed.
const asked = 300

// BenchmarkQuestions measures the whole path of a question: reading it, typos,
// candidates, ranking, composing.
func BenchmarkQuestions(b *testing.B) {
	s := source(b)
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			articles, questions := s.Archive(n, seed)
			base, err := answers.New(articles)
			if err != nil {
				b.Fatal(err)
			}
			groups := map[string][]string{}
			for _, kind := range []string{"figure", "other"} {
				groups[kind] = pick(questions, kinds[kind])
			}
			var names []string
			for _, q := range questions {
				if name := "kind=" + q.Kind; groups[name] == nil {
					names = append(names, name)
					groups[name] = pick(questions, func(p Question) bool { return p.Kind == q.Kind })
				}
			}
			slices.Sort(names)
			for _, a := range Adversarial() {
				names = append(names, "adversarial="+a.Kind)
				groups["adversarial="+a.Kind] = []string{a.Text}
			}
			for _, name := range append([]string{"figure", "other"}, names...) {
				b.Run(name, func(b *testing.B) { measure(b, base, groups[name]) })
			}
		})
	}
}

// pick is at most asked of the questions, from all over the archive.
func pick(questions []Question, want func(Question) bool) []string {
	var all []string
	for _, q := range questions {
		if want(q) {
			all = append(all, q.Text)
		}
	}
	if len(all) <= asked {
		return all
	}
	out := make([]string, asked)
	for i := range out {
		out[i] = all[i*len(all)/asked]
	}
	return out
}

// measure asks the questions in turn, at least enough of them for a 99th
// percentile, and reports it with the median: of the time that passed and, on
// Linux, of the processor's.
func measure(b *testing.B, base *answers.Base, questions []string) {
	if len(questions) == 0 {
		b.Skip("the archive has no such questions")
	}
	const enough = 100
	var took, used []time.Duration
	answered := 0
	slowest, most := "", time.Duration(0)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	runtime.GC()
	for b.Loop() {
		for i := 0; i < max(len(questions), enough); i++ {
			text := questions[i%len(questions)]
			start, cpu := time.Now(), processorTime()
			a, err := base.Ask(context.Background(), text)
			d, c := time.Since(start), processorTime()-cpu
			if err != nil {
				b.Fatal(err)
			}
			if a.Answered() {
				answered++
			}
			if c > most {
				slowest, most = text, c
			}
			took, used = append(took, d), append(used, c)
		}
	}
	if os.Getenv("SLOWEST") != "" {
		b.Logf("slowest, %s: %.200s", most, slowest)
	}
	report := func(list []time.Duration, name string) {
		slices.Sort(list)
		for _, p := range []int{50, 99} {
			b.ReportMetric(list[min(len(list)-1, len(list)*p/100)].Seconds()*1000, fmt.Sprintf("p%d-%sms", p, name))
		}
	}
	report(took, "")
	report(used, "cpu-")
	b.ReportMetric(float64(answered)/float64(len(took)), "answered")
	b.ReportMetric(0, "ns/op")
}

func TestAdversarial(t *testing.T) {
	for _, q := range Adversarial() {
		if n := len(q.Text); n > 2000 || n < 1900 {
			t.Errorf("%s: %d characters", q.Kind, n)
		}
		if !strings.HasSuffix(q.Text, "?") {
			t.Errorf("%s: no question", q.Kind)
		}
	}
}

// BenchmarkSnapshot measures a start from a snapshot beside one without.
func BenchmarkSnapshot(b *testing.B) {
	s := source(b)
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			articles, _ := s.Archive(n, seed)
			start := time.Now()
			base, err := answers.New(articles)
			if err != nil {
				b.Fatal(err)
			}
			built := time.Since(start)
			file := filepath.Join(b.TempDir(), "archive.snapshot")
			if err := base.Save(file); err != nil {
				b.Fatal(err)
			}
			info, err := os.Stat(file)
			if err != nil {
				b.Fatal(err)
			}
			base = nil
			start = time.Now()
			for b.Loop() {
				if _, err := answers.Load(file, articles); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(built.Seconds(), "build-s")
			b.ReportMetric(time.Since(start).Seconds()/float64(b.N), "load-s")
			b.ReportMetric(float64(len(articles)), "articles")
			b.ReportMetric(float64(info.Size())/float64(n), "file-B/sentence")
			b.ReportMetric(0, "ns/op")
		})
	}
}
