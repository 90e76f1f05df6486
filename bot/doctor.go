package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/bot/config"
	"sourceline/bot/inbox"
	"sourceline/corpus"
)

type doctorCommand struct{ configFlag }

// Help is what --help adds.
func (*doctorCommand) Help() string {
	return "Checks the configuration, the secrets, the database, the articles, the clock and what each platform lets it check, " +
		"and says how to mend what is wrong. It changes nothing and may run beside the bot. The exit code is 1 where something is wrong."
}

// doctorTimeout bounds all checks together.
const doctorTimeout = 2 * time.Minute

// Run checks everything that can be checked.
func (c *doctorCommand) Run(p *program) error {
	ctx, cancel := context.WithTimeout(p, doctorTimeout)
	defer cancel()
	d := &doctor{p: p}
	cfg, err := c.load(p)
	if err != nil {
		d.fail("configuration", err, "correct the file "+c.Config)
		return d.verdict()
	}
	d.ok("configuration", c.Config)
	d.corpora(cfg)
	box := d.database(ctx, cfg)
	if box != nil {
		defer box.Close()
		d.platforms(ctx, cfg, box)
	}
	d.addresses(cfg)
	d.clock(ctx, cfg)
	return d.verdict()
}

// A doctor prints findings as they come.
type doctor struct {
	p        *program
	failures int
	temp     string // folder of a database that stands for one that is not there yet
}

func (d *doctor) add(f adapters.Finding) {
	mark := map[adapters.Level]string{adapters.OK: "ok", adapters.Warning: "warning", adapters.Failure: "FAILURE"}[f.Level]
	fmt.Fprintf(d.p.stdout, "%-8s %s: %s\n", mark, f.What, indented(f.Text))
	if f.Mend != "" {
		fmt.Fprintf(d.p.stdout, "%-8s → %s\n", "", indented(f.Mend))
	}
	if f.Level == adapters.Failure {
		d.failures++
	}
}

// indented keeps the lines of a text together.
func indented(text string) string { return strings.ReplaceAll(text, "\n", "\n         ") }

func (d *doctor) ok(what, text string) {
	d.add(adapters.Finding{Level: adapters.OK, What: what, Text: text})
}

func (d *doctor) warn(what, text, mend string) {
	d.add(adapters.Finding{Level: adapters.Warning, What: what, Text: text, Mend: mend})
}

func (d *doctor) fail(what string, err error, mend string) {
	d.add(adapters.Finding{Level: adapters.Failure, What: what, Text: err.Error(), Mend: mend})
}

func (d *doctor) verdict() error {
	if d.temp != "" {
		os.RemoveAll(d.temp)
	}
	if d.failures == 0 {
		fmt.Fprintln(d.p.stdout, "All is well.")
		return nil
	}
	fmt.Fprintf(d.p.stdout, "%d of these must be mended.\n", d.failures)
	return exitCode(exitNoAnswer)
}

// corpora reads each corpus and reports every broken file.
func (d *doctor) corpora(cfg *config.Config) {
	all := folders(cfg)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		what := "corpus"
		if name != "" {
			what += " " + name
		}
		articles, problems, err := loadFolder(all[name])
		if err == nil {
			_, err = answers.New(articles)
		}
		if err != nil {
			d.fail(what, err, "sourceline corpus check tells about each file")
			continue
		}
		for _, problem := range problems {
			d.warn(what, problem.Error()+" (left out)", "correct the file or take it away")
		}
		text := fmt.Sprintf("%d articles", len(articles))
		if all[name] == "" {
			text += ", those that are built in to try the bot on; corpus.path names the folder of your own"
		}
		d.ok(what, text)
	}
}

func loadFolder(folder string) ([]*corpus.Article, []corpus.Problem, error) {
	if folder == "" {
		articles, err := corpus.Embedded()
		return articles, nil, err
	}
	return corpus.Load(folder)
}

// database checks the database without changing it. Where there is none yet it
// returns one that goes when the checks are over, for the platforms.
func (d *doctor) database(ctx context.Context, cfg *config.Config) *inbox.Box {
	const what = "database"
	quiet := slog.New(slog.DiscardHandler)
	address, err := databaseAddress(cfg.Database)
	if err != nil {
		d.fail(what, err, "")
		return nil
	}
	if !inbox.IsPostgres(address) {
		if _, err := os.Stat(address); errors.Is(err, fs.ErrNotExist) {
			return d.newDatabase(ctx, address, quiet)
		}
	}
	box, err := inbox.Open(ctx, address, inbox.Options{ReadOnly: true, Log: quiet})
	if err != nil {
		d.fail(what, err, "")
		return nil
	}
	if err := box.Check(ctx); err != nil {
		d.fail(what, err, "")
	} else if st, err := box.Stats(ctx); err != nil {
		d.fail(what, err, "")
	} else if text := fmt.Sprintf("%d messages and %d posts wait, the oldest for %s", st.Messages, st.Posts, st.Oldest.Round(time.Second)); st.Oldest > waitsLong {
		d.warn(what, text, "see whether the bot runs, and its log")
	} else {
		d.ok(what, text)
	}
	return box
}

// waitsLong is how long a message may wait before something is wrong.
const waitsLong = 5 * time.Minute

func (d *doctor) newDatabase(ctx context.Context, address string, log *slog.Logger) *inbox.Box {
	const what = "database"
	folder := filepath.Dir(address)
	probe, err := os.CreateTemp(folder, ".sourceline-*")
	if err != nil {
		d.fail(what, err, "make the folder "+folder+" and let the user that runs the bot write to it")
		return nil
	}
	probe.Close()
	os.Remove(probe.Name())
	d.ok(what, address+" is not there yet; the first start makes it")
	if d.temp, err = os.MkdirTemp(folder, ".sourceline-doctor-*"); err != nil {
		d.fail(what, err, "")
		return nil
	}
	box, err := inbox.Open(ctx, filepath.Join(d.temp, "doctor.db"), inbox.Options{Log: log})
	if err != nil {
		d.fail(what, err, "")
		return nil
	}
	return box
}

// platforms lets each adapter check itself.
func (d *doctor) platforms(ctx context.Context, cfg *config.Config, box *inbox.Box) {
	platforms, err := newPlatforms(d.p, cfg, box, slog.New(slog.DiscardHandler))
	if err != nil {
		d.fail("platforms", err, "")
	}
	for _, name := range slices.Sorted(maps.Keys(platforms)) {
		h, ok := platforms[name].(adapters.Health)
		if !ok {
			continue
		}
		for _, f := range h.Check(ctx) {
			f.What = name + ": " + f.What
			d.add(f)
		}
	}
}

// addresses finds out whether what is to be listened on is free, or used by a
// running bot.
func (d *doctor) addresses(cfg *config.Config) {
	listens := map[string]string{"http.listen": cfg.HTTP.Listen}
	if cfg.Slack.Enabled {
		listens["slack.listen"] = cfg.Slack.Listen
	}
	for _, key := range slices.Sorted(maps.Keys(listens)) {
		if listens[key] == "" {
			continue
		}
		l, err := net.Listen("tcp", listens[key])
		if err != nil {
			d.warn(key, err.Error(), "fine if that is the running bot; otherwise choose another address")
			continue
		}
		l.Close()
		d.ok(key, listens[key]+" is free")
	}
}

// How far the clock may be off: Slack refuses signatures and people wonder
// about dates.
const (
	clockOff   = 30 * time.Second
	clockWrong = 4 * time.Minute
)

// clock compares the clock with those of the platforms' servers.
func (d *doctor) clock(ctx context.Context, cfg *config.Config) {
	var servers []string
	if cfg.Slack.Enabled {
		servers = append(servers, cfg.Slack.APIURL)
	}
	if cfg.Matrix.Enabled && strings.Contains(cfg.Matrix.Homeserver, "://") {
		servers = append(servers, strings.TrimSuffix(cfg.Matrix.Homeserver, "/")+"/_matrix/client/versions")
	}
	for _, server := range servers {
		off, err := offset(ctx, server)
		switch text := fmt.Sprintf("%s off that of %s", off.Abs().Round(time.Second), server); {
		case err != nil:
			d.warn("clock", err.Error(), "")
		case off.Abs() > clockWrong:
			d.fail("clock", errors.New(text), "set the clock, best by NTP")
		case off.Abs() > clockOff:
			d.warn("clock", text, "set the clock, best by NTP")
		default:
			d.ok("clock", "agrees with that of "+server)
		}
	}
}

// offset is how far our clock is before that of a server; servers tell theirs
// to the second.
func offset(ctx context.Context, url string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	resp.Body.Close()
	theirs, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return 0, fmt.Errorf("%s does not tell the time: %w", url, err)
	}
	return time.Since(theirs), nil
}
