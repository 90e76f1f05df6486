package serve

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"sourceline/adapters"
	"sourceline/bot/inbox"
	"sourceline/bot/shelf"
)

// Metrics are the counters of a running bot, for Prometheus. All names begin
// with sourceline_; docs/operations.md explains each.
type Metrics struct {
	Registry *prometheus.Registry

	messages *prometheus.CounterVec // platform, kind
	answers  *prometheus.CounterVec // platform, outcome
	feedback *prometheus.CounterVec // value
	stages   *prometheus.HistogramVec
	failures *prometheus.CounterVec // stage
	posts    *prometheus.CounterVec // platform, result
	restarts *prometheus.CounterVec // platform
	fixes    prometheus.Counter
}

// stageBuckets reach from what answering in memory takes to what a platform
// under its rate limit does, in seconds.
var stageBuckets = []float64{.0001, .0005, .001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 10, 30, 120}

// NewMetrics makes the counters, with those of Go and of the process.
func NewMetrics() *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "sourceline", Name: name, Help: help}, labels)
	}
	m := &Metrics{
		Registry: prometheus.NewRegistry(),
		messages: counter("messages_total", "Messages that were handled, by platform and kind.", "platform", "kind"),
		answers:  counter("answers_total", "What came of messages: answered, refused, talk, silent or failed.", "platform", "outcome"),
		feedback: counter("feedback_total", "Feedback on answers: up or down.", "value"),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "sourceline", Name: "stage_seconds",
			Help: "How long the stages of a message took: put, wait, handle, record, post, total.", Buckets: stageBuckets}, []string{"stage"}),
		failures: counter("stage_failures_total", "Tries of a stage that failed.", "stage"),
		posts:    counter("posts_total", "Tries to post, by platform and result: posted, later, retried or refused.", "platform", "result"),
		restarts: counter("adapter_restarts_total", "How often an adapter that stopped was started again.", "platform"),
		fixes: prometheus.NewCounter(prometheus.CounterOpts{Namespace: "sourceline", Name: "corrections_total",
			Help: "Corrections owed to threads because a line changed or was withdrawn."}),
	}
	m.Registry.MustRegister(m.messages, m.answers, m.feedback, m.stages, m.failures, m.posts, m.restarts, m.fixes,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Observe takes the time of a stage; it is inbox.Options.Observe.
func (m *Metrics) Observe(stage inbox.Stage, took time.Duration, err error) {
	m.stages.WithLabelValues(string(stage)).Observe(took.Seconds())
	if err != nil {
		m.failures.WithLabelValues(string(stage)).Inc()
	}
}

// posted counts a try to post.
func (m *Metrics) posted(platform string, err error) {
	result := "posted"
	var later *adapters.Later
	switch {
	case err == nil:
	case errors.As(err, &later):
		result = "later"
	case errors.Is(err, adapters.ErrPermanent):
		result = "refused"
	default:
		result = "retried"
	}
	m.posts.WithLabelValues(platform, result).Inc()
}

// A queue tells how long the queues are; *inbox.Box.
type queue interface {
	Stats(context.Context) (inbox.Stats, error)
}

// states are the gauges that are looked up when they are asked for.
type states struct {
	queue     queue
	shelf     *shelf.Shelf
	entrances []*entrance
	now       func() time.Time
}

func gauge(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("sourceline_"+name, help, labels, nil)
}

var (
	queueMessages  = gauge("queue_messages", "Messages that wait or are handled.")
	queuePosts     = gauge("queue_posts", "Posts that wait or are posted.")
	queueAge       = gauge("queue_oldest_seconds", "Age of the oldest message or post that is not done.")
	queueDead      = gauge("queue_given_up", "Messages and posts that were given up and are still kept.", "what")
	adapterReady   = gauge("adapter_ready", "1 while an adapter takes messages in.", "platform")
	corpusArticles = gauge("corpus_articles", "Articles that are answered from.", "corpus")
	corpusFacts    = gauge("corpus_facts", "Facts that were found in them.", "corpus")
	corpusLeftOut  = gauge("corpus_problems", "Problems of files that were left out.", "corpus")
	corpusBuilt    = gauge("corpus_built_timestamp_seconds", "When the corpus was built.", "corpus")
	corpusNewest   = gauge("corpus_newest_article_age_seconds", "Age of the newest article.", "corpus")
	corpusStale    = gauge("corpus_stale", "1 while the folder could not be built and an old corpus is in use.", "corpus")
)

// Describe implements prometheus.Collector.
func (s *states) Describe(out chan<- *prometheus.Desc) { prometheus.DescribeByCollect(s, out) }

// statsTimeout bounds how long a scrape waits for the database.
const statsTimeout = 3 * time.Second

// Collect implements prometheus.Collector. What cannot be looked up is left
// out.
func (s *states) Collect(out chan<- prometheus.Metric) {
	set := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), statsTimeout)
	defer cancel()
	if st, err := s.queue.Stats(ctx); err == nil {
		set(queueMessages, float64(st.Messages))
		set(queuePosts, float64(st.Posts))
		set(queueAge, st.Oldest.Seconds())
		set(queueDead, float64(st.Dead), "messages")
		set(queueDead, float64(st.DeadPosts), "posts")
	}
	for _, e := range s.entrances {
		set(adapterReady, truth(e.ready() == nil), e.name)
	}
	for _, name := range s.shelf.Names() {
		b := s.shelf.Book(name)
		label := corpusLabel(name)
		set(corpusArticles, float64(len(b.Articles())), label)
		set(corpusFacts, float64(b.Sentences()), label)
		set(corpusLeftOut, float64(len(b.Problems)), label)
		set(corpusBuilt, float64(b.Built.Unix()), label)
		if newest := b.Newest(); !newest.IsZero() {
			set(corpusNewest, s.now().Sub(newest).Seconds(), label)
		}
		set(corpusStale, truth(s.shelf.Failure(name) != nil), label)
	}
}

// corpusLabel names the default corpus, whose own name is empty.
func corpusLabel(name string) string {
	if name == "" {
		return "default"
	}
	return name
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
