package config

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"
)

// A checker collects what is wrong with settings that could be decoded.
type checker struct {
	file     string
	lines    map[string]int
	written  map[string]any // the file as it is, without defaults
	problems []error
}

func (k *checker) bad(key, format string, args ...any) {
	k.problems = append(k.problems, Problem{k.file, k.line(key), key, fmt.Sprintf(format, args...)})
}

// line is where a key stands; where it does not, its table; 0 for neither.
func (k *checker) line(key string) int {
	if n, ok := k.lines[key]; ok {
		return n
	}
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		return k.lines[key[:i]]
	}
	return 0
}

var number = regexp.MustCompile(`\[\d+\]`)

// unknown reports a key that is no setting, wherever it stands.
func (k *checker) unknown(key toml.Key) {
	name := key.String()
	found := false
	for _, at := range slices.Sorted(maps.Keys(k.lines)) {
		if number.ReplaceAllString(at, "") == name {
			found = true
			k.bad(at, "there is no such setting; config.example.toml lists them all")
		}
	}
	if !found {
		k.bad(name, "there is no such setting; config.example.toml lists them all")
	}
}

// set reports whether the file itself gives the key, "table.name", a value.
func (k *checker) set(key string) bool {
	table, name, _ := strings.Cut(key, ".")
	values, _ := k.written[table].(map[string]any)
	value, ok := values[name]
	return ok && value != ""
}

func (k *checker) check(c *Config) {
	k.corpora(c)
	k.database(c)
	k.locale("answers.locale", c.Answers.Locale)
	if c.Answers.Locale == "" {
		k.bad("answers.locale", `is empty: give a language tag such as "en-GB"`)
	}
	k.between("answers.quotes", c.Answers.Quotes, 1, 20)
	k.between("limits.answers_per_minute", c.Limits.AnswersPerMinute, 1, 100000)
	k.between("limits.workers", c.Limits.Workers, 1, 256)
	k.atLeast("limits.lease", c.Limits.Lease, time.Second)
	k.atLeast("limits.stop", c.Limits.Stop, 0)
	k.atLeast("corpus.settle", c.Corpus.Settle, 0)
	k.atLeast("database.keep", c.Database.Keep, time.Hour)
	k.locale("direct.locale", c.Direct.Locale)
	k.corpus(c, "direct.corpus", c.Direct.Corpus)
	k.rooms(c)
	k.slack(&c.Slack)
	k.matrix(&c.Matrix)
	k.address("http.listen", c.HTTP.Listen)
	if c.Slack.Enabled && c.Slack.Listen != "" && c.Slack.Listen == c.HTTP.Listen {
		k.bad("slack.listen", "is the address of http.listen too: give each its own, Slack's is open to the world")
	}
	k.oneOf("log.level", c.Log.Level, "debug", "info", "warn", "error")
	k.oneOf("log.format", c.Log.Format, "text", "json")
	if c.Tracing.Endpoint != "" {
		k.url("tracing.endpoint", c.Tracing.Endpoint)
	}
}

var corpusName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

func (k *checker) corpora(c *Config) {
	for _, name := range slices.Sorted(maps.Keys(c.Corpora)) {
		key := "corpora." + name
		if !corpusName.MatchString(name) {
			k.bad(key, "the name of a corpus is made of small letters, digits, - and _")
		}
		if c.Corpora[name] == "" {
			k.bad(key, "is empty: give the folder of its articles")
		}
	}
}

func (k *checker) database(c *Config) {
	d := c.Database
	k.either("database.url_env", "database.url_file")
	if k.set("database.path") && (d.URLEnv != "" || d.URLFile != "") {
		k.bad("database.path", "stands beside a PostgreSQL URL: keep one of the two")
	}
	if d.Path == "" && d.URLEnv == "" && d.URLFile == "" {
		k.bad("database.path", "is empty and there is no PostgreSQL URL: give one of the two")
	}
}

func (k *checker) rooms(c *Config) {
	seen := map[string]int{}
	for i, r := range c.Rooms {
		at := fmt.Sprintf("rooms[%d]", i)
		k.oneOf(at+".platform", r.Platform, "slack", "matrix", "terminal")
		if r.Room == "" {
			k.bad(at+".room", "is missing: give the platform's ID of the room")
		}
		k.locale(at+".locale", r.Locale)
		k.corpus(c, at+".corpus", r.Corpus)
		id := r.Platform + "/" + r.Workspace + "/" + r.Room
		if first, again := seen[id]; again {
			k.bad(at+".room", "is the room of rooms[%d] (line %d) too: keep one of the two", first, k.line(fmt.Sprintf("rooms[%d]", first)))
		} else {
			seen[id] = i
		}
	}
}

func (k *checker) slack(s *Slack) {
	for _, name := range []string{"bot_token", "app_token", "signing_secret", "client_secret", "refresh_token", "config_token"} {
		k.either("slack."+name+"_env", "slack."+name+"_file")
	}
	k.address("slack.listen", s.Listen)
	k.url("slack.api_url", s.APIURL)
	if !strings.HasPrefix(s.Path, "/") {
		k.bad("slack.path", "%q is no path: it begins with /", s.Path)
	}
	if s.Listen == "" && k.set("slack.signing_secret_file") {
		k.bad("slack.signing_secret_file", "is for HTTP requests, and slack.listen is empty: set that, or remove this")
	}
	if s.Listen != "" && k.set("slack.app_token_file") {
		k.bad("slack.app_token_file", "is for Socket Mode, and slack.listen takes HTTP requests: remove one of the two")
	}
}

func (k *checker) matrix(m *Matrix) {
	for _, name := range []string{"password", "token", "recovery_key", "pickle_key"} {
		k.either("matrix."+name+"_env", "matrix."+name+"_file")
	}
	k.atLeast("matrix.max_age", m.MaxAge, time.Minute)
	k.atLeast("matrix.key_wait", m.KeyWait, 0)
	for _, pattern := range m.Allow {
		if _, err := path.Match(pattern, ""); err != nil {
			k.bad("matrix.allow", "%q is no pattern: * and ? match as in file names", pattern)
		}
	}
	if !m.Enabled {
		return
	}
	if m.Homeserver == "" {
		k.bad("matrix.homeserver", "is empty: give the URL of the homeserver, or its name")
	} else if strings.Contains(m.Homeserver, "/") {
		k.url("matrix.homeserver", m.Homeserver)
	}
	if !matrixUser.MatchString(m.User) {
		k.bad("matrix.user", "%q is no Matrix user: it reads @name:server", m.User)
	}
}

var matrixUser = regexp.MustCompile(`^@[^:\s]+:\S+$`)

// either reports two keys of which the file may set one.
func (k *checker) either(a, b string) {
	if k.set(a) && k.set(b) {
		k.bad(b, "stands beside %s (line %d): keep one of the two", a, k.line(a))
	}
}

func (k *checker) corpus(c *Config, key, name string) {
	if _, ok := c.Corpora[name]; name != "" && !ok {
		k.bad(key, "there is no corpus %q: name its folder under [corpora]", name)
	}
}

func (k *checker) locale(key, tag string) {
	if tag == "" {
		return
	}
	if _, err := language.Parse(tag); err != nil {
		k.bad(key, "%q is no language tag: write it as en-GB, de or pt-BR", tag)
	}
}

func (k *checker) between(key string, n, low, high int) {
	if n < low || n > high {
		k.bad(key, "%d is out of range: from %d to %d", n, low, high)
	}
}

func (k *checker) atLeast(key string, d, low time.Duration) {
	if d < low {
		k.bad(key, "%s is too short: at least %s", d, low)
	}
}

func (k *checker) oneOf(key, value string, options ...string) {
	if !slices.Contains(options, value) {
		k.bad(key, "%q is none of %s", value, strings.Join(options, ", "))
	}
}

func (k *checker) address(key, addr string) {
	if addr == "" {
		return
	}
	if _, _, err := net.SplitHostPort(addr); err != nil {
		k.bad(key, "%q is no address: write host:port", addr)
	}
}

func (k *checker) url(key, s string) {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		k.bad(key, "%q is no http or https URL", s)
	}
}
