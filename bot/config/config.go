// Package config reads the program's settings: one TOML file, decoded
// strictly, and secrets that the file only names.
//
// config.example.toml at the top of the repository holds every setting with
// its default; a test holds the two equal.
package config

import (
	"time"
)

// A Config is every setting. Default fills it.
type Config struct {
	Corpus   Corpus            `toml:"corpus"`
	Corpora  map[string]string `toml:"corpora"` // folders by the name that rooms use
	Database Database          `toml:"database"`
	Answers  Answers           `toml:"answers"`
	Limits   Limits            `toml:"limits"`
	Direct   Direct            `toml:"direct"`
	Rooms    []Room            `toml:"rooms"`
	Slack    Slack             `toml:"slack"`
	Matrix   Matrix            `toml:"matrix"`
	Terminal Terminal          `toml:"terminal"`
	HTTP     HTTP              `toml:"http"`
	Log      Log               `toml:"log"`
	Tracing  Tracing           `toml:"tracing"`
}

// Corpus says what is answered from.
type Corpus struct {
	Path   string        `toml:"path"`   // folder of the default corpus; "" the one that is built in
	Watch  bool          `toml:"watch"`  // build a corpus anew when its folder changes
	Settle time.Duration `toml:"settle"` // how long a folder has to be quiet before that

	Snapshots string `toml:"snapshots"` // folder for the snapshots of built corpora; "" for none
}

// Database says where questions and answers are kept.
type Database struct {
	Path    string        `toml:"path"`     // SQLite file
	URLEnv  string        `toml:"url_env"`  // environment variable with a PostgreSQL URL
	URLFile string        `toml:"url_file"` // file with a PostgreSQL URL
	Keep    time.Duration `toml:"keep"`     // how long entries are kept
}

// Answers says how answers look.
type Answers struct {
	Locale      string `toml:"locale"`      // BCP 47: how the frame's dates and counts are written
	Quotes      int    `toml:"quotes"`      // lines shown at first, one an article
	Corrections bool   `toml:"corrections"` // tell a thread when a line that its answer rested on has changed
}

// Limits bound the work.
type Limits struct {
	AnswersPerMinute int           `toml:"answers_per_minute"` // in one room
	Workers          int           `toml:"workers"`
	Lease            time.Duration `toml:"lease"` // how long a replica may be silent before its work goes to others
	Stop             time.Duration `toml:"stop"`  // how long claimed work may go on after SIGTERM
}

// Direct says how direct messages are served.
type Direct struct {
	Allowed bool   `toml:"allowed"`
	Corpus  string `toml:"corpus"` // name in Corpora; "" the default corpus
	Locale  string `toml:"locale"` // "" the sender's, or else that of Answers
}

// A Room says how one room is served.
type Room struct {
	Platform  string `toml:"platform"`  // slack, matrix or terminal
	Workspace string `toml:"workspace"` // "" any
	Room      string `toml:"room"`      // the platform's own ID of it
	Allowed   *bool  `toml:"allowed"`   // nil is not said: see Config.Room
	Corpus    string `toml:"corpus"`    // name in Corpora; "" the default corpus
	Locale    string `toml:"locale"`    // "" the sender's, or else that of Answers
}

// Slack says how to reach Slack.
type Slack struct {
	Enabled           bool     `toml:"enabled"`
	BotTokenEnv       string   `toml:"bot_token_env"`
	BotTokenFile      string   `toml:"bot_token_file"`
	AppTokenEnv       string   `toml:"app_token_env"` // of Socket Mode
	AppTokenFile      string   `toml:"app_token_file"`
	SigningSecretEnv  string   `toml:"signing_secret_env"` // of HTTP
	SigningSecretFile string   `toml:"signing_secret_file"`
	Listen            string   `toml:"listen"` // where Slack's HTTP requests come in; "" is Socket Mode
	Path              string   `toml:"path"`   // of those requests
	Workspaces        []string `toml:"workspaces"`
	Channels          []string `toml:"channels"`
	AllowExternal     bool     `toml:"allow_external"`
	AllowGuests       bool     `toml:"allow_guests"`
	ClientID          string   `toml:"client_id"` // with token rotation
	ClientSecretEnv   string   `toml:"client_secret_env"`
	ClientSecretFile  string   `toml:"client_secret_file"`
	RefreshTokenEnv   string   `toml:"refresh_token_env"`
	RefreshTokenFile  string   `toml:"refresh_token_file"`
	AppID             string   `toml:"app_id"` // for doctor
	ConfigTokenEnv    string   `toml:"config_token_env"`
	ConfigTokenFile   string   `toml:"config_token_file"`
	APIURL            string   `toml:"api_url"`
}

// Matrix says how to reach a Matrix homeserver.
type Matrix struct {
	Enabled         bool          `toml:"enabled"`
	Homeserver      string        `toml:"homeserver"` // URL or server name
	User            string        `toml:"user"`       // @sourceline:example.org
	PasswordEnv     string        `toml:"password_env"`
	PasswordFile    string        `toml:"password_file"`
	TokenEnv        string        `toml:"token_env"`
	TokenFile       string        `toml:"token_file"`
	DeviceID        string        `toml:"device_id"` // that the token is for
	DeviceName      string        `toml:"device_name"`
	RecoveryKeyEnv  string        `toml:"recovery_key_env"`
	RecoveryKeyFile string        `toml:"recovery_key_file"`
	PickleKeyEnv    string        `toml:"pickle_key_env"`
	PickleKeyFile   string        `toml:"pickle_key_file"`
	Allow           []string      `toml:"allow"`     // whose invites are accepted
	Command         string        `toml:"command"`   // the word after the exclamation mark
	MaxAge          time.Duration `toml:"max_age"`   // older messages are not answered after downtime
	KeyWait         time.Duration `toml:"key_wait"`  // how long a missing key is waited for
	Replies         bool          `toml:"replies"`   // plain replies instead of threads
	SignedTo        bool          `toml:"signed_to"` // keys go to devices that their owner has signed, and no others
}

// Terminal says whether the bot talks to standard input and output.
type Terminal struct {
	Enabled bool `toml:"enabled"`
	Script  bool `toml:"script"` // print the ID and place of each post
}

// HTTP says where health and metrics are served.
type HTTP struct {
	Listen string `toml:"listen"` // "" nowhere
}

// Log says what is logged and how.
type Log struct {
	Level  string `toml:"level"`  // debug, info, warn, error
	Format string `toml:"format"` // text or json
}

// Tracing says where OpenTelemetry traces go.
type Tracing struct {
	Endpoint string `toml:"endpoint"` // OTLP over HTTP; "" nowhere
}

// Default is what holds where the file says nothing.
func Default() *Config {
	return &Config{
		Corpus:   Corpus{Watch: true, Settle: 2 * time.Second},
		Database: Database{Path: "sourceline.db", Keep: 30 * 24 * time.Hour},
		Answers:  Answers{Locale: "en-GB", Quotes: 4, Corrections: true},
		Limits:   Limits{AnswersPerMinute: 20, Workers: 32, Lease: 10 * time.Second, Stop: 20 * time.Second},
		Direct:   Direct{Allowed: true},
		Slack: Slack{
			Path: "/slack", APIURL: "https://slack.com/api/",
			BotTokenEnv: "SLACK_BOT_TOKEN", AppTokenEnv: "SLACK_APP_TOKEN", SigningSecretEnv: "SLACK_SIGNING_SECRET",
			ClientSecretEnv: "SLACK_CLIENT_SECRET", RefreshTokenEnv: "SLACK_REFRESH_TOKEN", ConfigTokenEnv: "SLACK_CONFIG_TOKEN",
		},
		Matrix: Matrix{
			DeviceName: "Sourceline", Command: "sourceline", MaxAge: 24 * time.Hour, KeyWait: 30 * time.Second,
			PasswordEnv: "MATRIX_PASSWORD", TokenEnv: "MATRIX_TOKEN", RecoveryKeyEnv: "MATRIX_RECOVERY_KEY", PickleKeyEnv: "MATRIX_PICKLE_KEY",
		},
		HTTP: HTTP{Listen: "127.0.0.1:9470"},
		Log:  Log{Level: "info", Format: "text"},
	}
}
