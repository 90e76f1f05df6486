package inbox

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sourceline/adapters"
)

// TestPlans: no statement of the writer reads a whole table; each stands in
// the way of all the others.
func TestPlans(t *testing.T) {
	clock := &testClock{}
	o := quietly()
	o.Now, o.Keep = clock.Now, time.Hour
	b, d := open(t, filepath.Join(t.TempDir(), "inbox.db"), o), newDesk()
	stop := d.work(t, b)
	mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"), message(adapters.ThreadReply, "m2", "t1", "two"))
	idle(t, b)
	for i, kind := range []adapters.Kind{adapters.Edited, adapters.Reaction, adapters.Deleted} {
		m := message(kind, fmt.Sprint("e", i), "", "three")
		m.Target, m.Sent = "m1", m.Sent.Add(time.Second)
		mustPut(t, b, m)
		idle(t, b)
	}
	stop()
	for _, age := range []time.Duration{2 * time.Hour, 2 * keepIDs} { // texts go first, the rest later
		clock.offset.Store(int64(age))
		if n, err := b.Prune(t.Context()); n == 0 || err != nil {
			t.Fatalf("%d entries were pruned (%v)", n, err)
		}
	}
	err := b.writer.write(t.Context(), func(x *tx) error {
		if len(x.stmts) < 20 {
			t.Errorf("only %d statements were seen", len(x.stmts))
		}
		for _, query := range slices.Sorted(maps.Keys(x.stmts)) {
			args := make([]any, 20)
			for !strings.Contains(query, fmt.Sprint("$", len(args))) && len(args) > 0 {
				args = args[:len(args)-1]
			}
			rows, err := x.conn.QueryContext(x.ctx, "EXPLAIN QUERY PLAN "+dialect(query, true), args...)
			if err != nil {
				return fmt.Errorf("%s: %w", query, err)
			}
			err = eachRow(rows, func(s scanner) error {
				var id, parent, unused int
				var detail string
				err := s.Scan(&id, &parent, &unused, &detail)
				if strings.HasPrefix(detail, "SCAN ") && !strings.Contains(detail, "USING") &&
					!strings.HasPrefix(detail, "SCAN replica") && !strings.HasPrefix(detail, "SCAN CONSTANT") {
					t.Errorf("%s\n  of %s", detail, query)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
