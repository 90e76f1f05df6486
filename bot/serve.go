package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"go.opentelemetry.io/otel"

	"sourceline/adapters"
	"sourceline/bot/config"
	"sourceline/bot/inbox"
	"sourceline/bot/serve"
)

// configFlag names the configuration file.
type configFlag struct {
	Config string `short:"c" default:"sourceline.toml" placeholder:"FILE" help:"Configuration file (default: ${default}); sourceline init writes one."`
}

type serveCommand struct{ configFlag }

// Help is what --help adds.
func (*serveCommand) Help() string {
	return "Runs the platforms that the configuration enables until SIGTERM or SIGINT, finishing the questions that it has begun. " +
		"SIGHUP reads the articles again. docs/operations.md tells about health, metrics and deployment."
}

// Run runs the bot.
func (c *serveCommand) Run(p *program) error {
	cfg, err := c.load(p)
	if err != nil {
		return err
	}
	log := newLogger(p, cfg.Log)
	ctx, stop := signal.NotifyContext(p, syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	metrics := serve.NewMetrics()
	box, err := openBox(ctx, cfg, inbox.Options{Observe: metrics.Observe, Log: log})
	if err != nil {
		return err
	}
	defer func() {
		if err := box.Close(); err != nil {
			log.Error("the database was not closed cleanly", "err", err)
		}
	}()
	platforms, err := newPlatforms(p, cfg, box, log)
	if err != nil {
		return err
	}
	setup := setupOf(cfg, box, platforms, metrics, log)
	if cfg.Tracing.Endpoint != "" {
		var flush func(context.Context) error
		otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces were not sent", "err", err) }))
		setup.Tracer, flush = serve.Tracing(cfg.Tracing.Endpoint)
		defer endTracing(flush, log)
	}
	s, err := serve.New(ctx, setup)
	if err != nil {
		return err
	}
	defer onHangup(ctx, s, log)()
	if cfg.Terminal.Enabled && isTerminal(p.stdin) && isTerminal(p.stdout) {
		fmt.Fprintln(p.stdout, "Ask, or write “help”. Ctrl-D ends the conversation.")
	}
	log.Info("serving", "platforms", len(platforms), "corpora", len(s.Shelf.Names()))
	return s.Run(ctx)
}

// endTracing sends the last spans.
func endTracing(flush func(context.Context) error, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := flush(ctx); err != nil {
		log.Warn("the last traces were not sent", "err", err)
	}
}

// load reads the configuration; --corpus goes before its corpus.path.
func (c *configFlag) load(p *program) (*config.Config, error) {
	cfg, err := config.Load(c.Config)
	if err == nil && p.corpus != "" {
		cfg.Corpus.Path = p.corpus
	}
	return cfg, err
}

// setupOf is what a server needs of the configuration.
func setupOf(cfg *config.Config, box *inbox.Box, platforms map[string]adapters.Adapter, m *serve.Metrics, log *slog.Logger) serve.Setup {
	return serve.Setup{
		Box: box, Folders: folders(cfg), Snapshots: cfg.Corpus.Snapshots, Adapters: platforms,
		Room: func(c adapters.Conversation, direct bool) serve.RoomSetting {
			if direct {
				return cfg.DirectRoom()
			}
			return cfg.Room(c.Platform, c.Workspace, c.Room)
		},
		Locale: cfg.Answers.Locale, PerMinute: cfg.Limits.AnswersPerMinute, Quotes: cfg.Answers.Quotes,
		Corrections: cfg.Answers.Corrections, Workers: cfg.Limits.Workers, Grace: cfg.Limits.Stop,
		Watch: cfg.Corpus.Watch, Settle: cfg.Corpus.Settle, Listen: cfg.HTTP.Listen,
		Metrics: m, Log: log,
	}
}

// folders are those of all corpora, the default one under "".
func folders(cfg *config.Config) map[string]string {
	out := map[string]string{"": cfg.Corpus.Path}
	for name, folder := range cfg.Corpora {
		out[name] = folder
	}
	return out
}

// openBox opens the database that the configuration names.
func openBox(ctx context.Context, cfg *config.Config, o inbox.Options) (*inbox.Box, error) {
	address, err := databaseAddress(cfg.Database)
	if err != nil {
		return nil, err
	}
	o.Keep, o.Lease = cfg.Database.Keep, cfg.Limits.Lease
	return inbox.Open(ctx, address, o)
}

func databaseAddress(d config.Database) (string, error) {
	if d.URLEnv == "" && d.URLFile == "" {
		return d.Path, nil
	}
	url, err := config.NeedSecret("database URL", d.URLEnv, d.URLFile)
	if err == nil && !inbox.IsPostgres(url) {
		return "", errors.New("database URL: it does not begin with postgres:// (its value is not shown here, for it may hold a password)")
	}
	return url, err
}

// onHangup renews the corpora at each SIGHUP. It returns what ends that.
func onHangup(ctx context.Context, s *serve.Server, log *slog.Logger) func() {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangup:
				log.Info("told to read the articles again")
				_ = s.Reload(ctx) // logged there; the old corpus stays
			}
		}
	}()
	return func() { signal.Stop(hangup) }
}

// newLogger logs to standard error.
func newLogger(p *program, c config.Log) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		level = slog.LevelInfo // config.Load has checked it
	}
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(p.stderr, o))
	}
	return slog.New(slog.NewTextHandler(p.stderr, o))
}

var errNoPlatform = errors.New("no platform is enabled: set enabled = true under [slack], [matrix] or [terminal]")
