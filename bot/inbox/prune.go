package inbox

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// pruneBatch is how many messages are thrown away in one transaction: few
// enough that others hardly wait.
const pruneBatch = 200

// Prune throws away messages, posts and feedback older than Options.Keep that
// nothing is to be done about any more, and returns how many messages and
// posts. Where Keep is shorter than the two days for which IDs are kept, the
// messages in between lose their text, and its rows count too.
func (b *Box) Prune(ctx context.Context) (int64, error) {
	if b.writer == nil {
		return 0, errReadOnly
	}
	cutoff := b.Now().Add(-b.Keep).UnixMilli()
	final := b.Now().Add(-max(b.Keep, keepIDs)).UnixMilli()
	steps := []step{
		{table: "post", where: `state >= 2 AND made < $1`, before: cutoff, do: []string{
			`DELETE FROM post WHERE seq BETWEEN $2 AND $3 AND state >= 2 AND made < $1`,
			`DELETE FROM rests WHERE post BETWEEN $2 AND $3 AND CAST($1 AS BIGINT) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM post p WHERE p.seq = rests.post)`,
			`DELETE FROM feedback WHERE post BETWEEN $2 AND $3 AND CAST($1 AS BIGINT) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM post p WHERE p.seq = feedback.post)`,
		}},
		{table: "message", where: `state >= 2 AND arrived < $1`, before: final, do: []string{
			`DELETE FROM message WHERE seq BETWEEN $2 AND $3 AND state >= 2 AND arrived < $1`,
		}},
	}
	if b.Keep < keepIDs {
		steps = append(steps, step{table: "message", where: `state >= 2 AND sender <> '' AND arrived < $1`, before: cutoff, do: []string{
			`UPDATE message SET text = '', value = '', sender = '', ret = NULL, turn = NULL
WHERE seq BETWEEN $2 AND $3 AND state >= 2 AND sender <> '' AND arrived < $1`,
		}})
	}
	var total int64
	for _, s := range steps {
		n, err := b.prune(ctx, s)
		total += n
		if err != nil {
			return total, fmt.Errorf("inbox: prune: %w", err)
		}
	}
	return total, nil
}

// A step throws rows of a table away, or what they say.
type step struct {
	table, where string   // which rows; $1 is before
	do           []string // what to do with those of them from $2 to $3
	before       int64
}

// prune repeats a step until it finds no more rows. They are looked for aside
// of the writer, which would have to wait while a whole table is read.
func (b *Box) prune(ctx context.Context, s step) (total int64, err error) {
	for {
		var from, to sql.NullInt64
		err := b.query(ctx, func(row scanner) error { return row.Scan(&from, &to) },
			`SELECT MIN(seq), MAX(seq) FROM (SELECT seq FROM `+s.table+` WHERE `+s.where+` ORDER BY seq LIMIT $2) AS old`, s.before, pruneBatch)
		if err != nil || !from.Valid {
			return total, err
		}
		err = b.writer.write(ctx, func(x *tx) error {
			for i, query := range s.do {
				n, err := x.exec(query, s.before, from.Int64, to.Int64)
				if err != nil {
					return err
				}
				if i == 0 {
					total += n
				}
			}
			return nil
		})
		if err != nil {
			return total, err
		}
	}
}

// pruneNowAndThen prunes until ctx ends.
func (b *Box) pruneNowAndThen(ctx context.Context) {
	for {
		switch n, err := b.Prune(ctx); {
		case ctx.Err() != nil:
			return
		case err != nil:
			b.Log.Error("inbox: old entries could not be thrown away", "err", err)
		case n > 0:
			b.Log.Info("inbox: old entries thrown away", "entries", n)
		}
		sleep(ctx, pruneInterval)
		if ctx.Err() != nil {
			return
		}
	}
}

// pruneInterval is how often Work throws old entries away.
const pruneInterval = time.Hour
