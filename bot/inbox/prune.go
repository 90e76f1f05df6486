package inbox

import (
	"context"
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
		{`DELETE FROM post WHERE seq IN (SELECT seq FROM post WHERE made < $1 AND state >= 2 ORDER BY seq LIMIT $2)`, cutoff},
		{`DELETE FROM message WHERE seq IN (SELECT m.seq FROM message m WHERE m.arrived < $1 AND m.state >= 2
	AND NOT EXISTS (SELECT 1 FROM post p WHERE p.message = m.seq) ORDER BY m.seq LIMIT $2)`, final},
	}
	if b.Keep < keepIDs {
		steps = append(steps, step{`
UPDATE message SET text = '', value = '', sender = '', ret = NULL, turn = NULL WHERE seq IN (
	SELECT seq FROM message WHERE arrived < $1 AND state >= 2 AND sender <> '' ORDER BY seq LIMIT $2)`, cutoff})
	}
	var total int64
	for _, s := range steps {
		n, err := b.prune(ctx, s)
		total += n
		if err != nil {
			return total, err
		}
	}
	if total == 0 {
		return 0, nil
	}
	return total, b.writer.write(ctx, func(x *tx) error {
		for _, query := range []string{
			`DELETE FROM rests WHERE post NOT IN (SELECT seq FROM post)`,
			`DELETE FROM feedback WHERE post NOT IN (SELECT seq FROM post)`,
		} {
			if _, err := x.exec(query); err != nil {
				return err
			}
		}
		return nil
	})
}

// A step is a query that takes rows older than before, $2 at once.
type step struct {
	query  string
	before int64
}

// prune repeats a step until it finds no more rows.
func (b *Box) prune(ctx context.Context, s step) (total int64, err error) {
	for {
		var n int64
		err := b.writer.write(ctx, func(x *tx) (err error) {
			n, err = x.exec(s.query, s.before, pruneBatch)
			return err
		})
		if err != nil {
			return total, err
		}
		if total += n; n < pruneBatch {
			return total, nil
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
