package matrix_test

import (
	"database/sql"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the other database
	"go.mau.fi/util/dbutil"
	_ "modernc.org/sqlite" // the database of the tests

	"sourceline/adapters"
	"sourceline/adapters/matrix"
)

// openDB opens a database as the program does: a SQLite file, or PostgreSQL
// where path is such an address.
func openDB(t testing.TB, path string) *dbutil.Database {
	t.Helper()
	if strings.HasPrefix(path, "postgres://") {
		raw, err := sql.Open("pgx", path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { raw.Close() })
		db, err := dbutil.NewWithDB(raw, "postgres")
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	raw, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	db, err := dbutil.NewWithDB(raw, "sqlite3")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// newAdapter returns an adapter on a database file.
func newAdapter(t testing.TB, cfg matrix.Config, path string, store adapters.Store) *matrix.Adapter {
	t.Helper()
	a, err := matrix.New(cfg, openDB(t, path), store, testLog())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// testLog writes to standard error where SOURCELINE_TEST_LOG is set.
func testLog() *slog.Logger {
	out := io.Writer(io.Discard)
	if os.Getenv("SOURCELINE_TEST_LOG") != "" {
		out = os.Stderr
	}
	return slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
