package inbox

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"go.mau.fi/util/dbutil"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed schema/*.sql
var schema embed.FS

// versions are the upgrades of the tables, from version 1 on.
var versions dbutil.UpgradeTable

func init() { versions.RegisterFSPath(schema, "schema") }

// versionTable is named after us: an adapter's SDK has its own beside it.
const versionTable = "sourceline_version"

// Connections to the database. SQLite has one writer at a time anyway; the
// others read.
const (
	sqliteConns   = 8
	postgresConns = 16
)

var (
	errReadOnly = errors.New("the inbox was opened for reading only")
	errBadConn  = driver.ErrBadConn
)

// IsPostgres tells whether address names a PostgreSQL database.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// redact takes the password out of an address.
func redact(address string) string {
	if u, err := url.Parse(address); err == nil && IsPostgres(address) {
		return u.Redacted()
	}
	return address
}

func openDatabase(address string, readOnly bool) (*dbutil.Database, error) {
	driverName, dsn, dialect, conns := "pgx", address, "postgres", postgresConns
	if !IsPostgres(address) {
		if err := checkFile(address, readOnly); err != nil {
			return nil, err
		}
		driverName, dsn, dialect, conns = "sqlite", sqliteDSN(address, readOnly), "sqlite3", sqliteConns
	}
	raw, err := sql.Open(driverName, dsn)
	if err != nil {
		return nil, fmt.Errorf("inbox %s: %w", redact(address), err)
	}
	raw.SetMaxOpenConns(conns)
	raw.SetMaxIdleConns(conns)
	db, err := dbutil.NewWithDB(raw, dialect)
	if err != nil {
		raw.Close()
		return nil, fmt.Errorf("inbox %s: %w", redact(address), err)
	}
	db.Owner = "" // others may keep tables here
	db.VersionTable = versionTable
	db.UpgradeTable = versions
	return db, nil
}

// checkFile says plainly what SQLite would say darkly.
func checkFile(path string, readOnly bool) error {
	if path == "" {
		return errors.New("inbox: no database is configured; give the path of a SQLite file or a postgres:// address")
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return fmt.Errorf("inbox %s: its folder cannot be used; make it first: %w", path, err)
	}
	if _, err := os.Stat(path); err == nil || readOnly {
		if err != nil {
			return fmt.Errorf("inbox %s: %w", path, err)
		}
		return nil
	}
	// Made here, it is for its owner alone, and so are the log and the shared
	// memory that SQLite makes beside it.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("inbox %s: %w", path, err)
	}
	return f.Close()
}

// sqliteDSN asks for full durability: a commit is on disk when it returns.
func sqliteDSN(path string, readOnly bool) string {
	q := url.Values{"_pragma": {
		"busy_timeout(5000)", "foreign_keys(1)", "journal_mode(WAL)", "synchronous(FULL)",
		"cache_size(-16000)", "temp_store(MEMORY)", "journal_size_limit(67108864)",
	}, "_txlock": {"immediate"}}
	if readOnly {
		q = url.Values{"_pragma": {"busy_timeout(5000)", "query_only(1)"}}
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

// upgradeLock is the PostgreSQL advisory lock under which the tables are
// upgraded: the bytes of "srcl".
const upgradeLock = 0x7372636c

// upgrade brings the tables to the newest version, one process at a time.
func upgrade(ctx context.Context, db *dbutil.Database) error {
	if db.Dialect == dbutil.Postgres {
		conn, err := db.RawDB.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close()
		if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", upgradeLock); err != nil {
			return err
		}
		defer conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", upgradeLock)
	}
	if err := db.Upgrade(ctx); err != nil {
		if errors.Is(err, dbutil.ErrUnsupportedDatabaseVersion) {
			return fmt.Errorf("the database is of a newer version of this program: %w", err)
		}
		return err
	}
	return nil
}

// checkVersion fails where the tables are not of this version.
func checkVersion(ctx context.Context, db *dbutil.Database) error {
	var version int
	err := db.QueryRow(ctx, "SELECT version FROM "+versionTable).Scan(&version)
	switch {
	case isOutage(err):
		return fmt.Errorf("inbox: %w", explain(err))
	case err != nil:
		return fmt.Errorf("inbox: no tables yet; the bot makes them when it first runs: %w", explain(err))
	}
	if version != len(versions) {
		return fmt.Errorf("inbox: the tables have version %d, this program reads version %d; start the bot once to upgrade them", version, len(versions))
	}
	return nil
}

// An outage is an error of the database itself, not of what was asked of it.
type outage struct{ error }

func (o outage) Unwrap() error { return o.error }

// isOutage tells whether trying each operation on its own cannot help.
func isOutage(err error) bool {
	if _, ok := errors.AsType[outage](err); ok {
		return true
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff { // the primary code, without the extension
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB,
			sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_PERM:
			return true
		}
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pgHint(e) != ""
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, context.DeadlineExceeded)
}

// pgHint says what to do about an error of PostgreSQL's operation; "" for
// errors of a statement.
func pgHint(e *pgconn.PgError) string {
	switch {
	case e.Code == "25006":
		return "the PostgreSQL server takes no writes; connect to the primary"
	case strings.HasPrefix(e.Code, "53"):
		return "the PostgreSQL server lacks a resource (disk, memory, connections); see its log"
	case strings.HasPrefix(e.Code, "57P"):
		return "the PostgreSQL server is shutting down or starting; it is tried again"
	case strings.HasPrefix(e.Code, "58"), strings.HasPrefix(e.Code, "XX"):
		return "the PostgreSQL server reports an error of its system; see its log"
	}
	return ""
}

// explain adds to an error of the database what to do about it.
func explain(err error) error {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		if hint := pgHint(e); hint != "" {
			return fmt.Errorf("%s: %w", hint, err)
		}
		return err
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	hint := map[int]string{
		sqlite3.SQLITE_FULL:     "the disk is full; free some space",
		sqlite3.SQLITE_READONLY: "the database cannot be written; check the owner and mode of the file and of its folder, and whether the disk is mounted read-only",
		sqlite3.SQLITE_CORRUPT:  "the database file is damaged; stop the bot, move the file and its -wal and -shm aside, and restore a backup or start without one",
		sqlite3.SQLITE_NOTADB:   "the file is not a SQLite database or is damaged; check the configured path, or move the file aside",
		sqlite3.SQLITE_IOERR:    "the disk does not work as it should; see the system's log",
		sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened; check its folder and mode",
		sqlite3.SQLITE_BUSY:     "another process holds the database; stop it",
	}[e.Code()&0xff]
	if hint == "" {
		return err
	}
	return fmt.Errorf("%s: %w", hint, err)
}
