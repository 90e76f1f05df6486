package inbox

import (
	"crypto/rand"
	"database/sql"
	"net/url"
	"strings"
	"testing"
)

// schemaIn makes a schema of the test's own in the database, dropped when the
// test ends, and returns an address that uses it.
func schemaIn(t *testing.T, address string) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text()[:12])
	execute(t, address, `CREATE SCHEMA `+name)
	t.Cleanup(func() { execute(t, address, `DROP SCHEMA `+name+` CASCADE`) })
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

func execute(t *testing.T, address, query string) {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
