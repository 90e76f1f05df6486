package inbox

import (
	"context"
	"time"
)

// A checkpoint copies what the write-ahead log has gathered into the database
// file. SQLite would do it within a commit, which then takes as long; here it
// is done aside, and the writer has only the rest to do, when nothing can be
// added: then the log begins anew and does not grow.

// checkpointInterval is how often it is done while there is something to copy.
// A page that changes often is copied once in that time.
const checkpointInterval = time.Second

const checkpointSQL = `PRAGMA wal_checkpoint(PASSIVE)` // waits for nobody

// checkpoints keeps the log short until ctx ends.
func (b *Box) checkpoints(ctx context.Context) {
	var done int64
	for sleep(ctx, checkpointInterval); ctx.Err() == nil; sleep(ctx, checkpointInterval) {
		commits := b.writer.stats().Commits
		if commits == done {
			continue
		}
		done = commits
		if _, err := b.db.RawDB.ExecContext(ctx, checkpointSQL); err != nil && ctx.Err() == nil {
			b.Log.Warn("inbox: the log of the database could not be emptied; it grows", "err", explain(err))
			continue
		}
		select {
		case b.writer.rest <- struct{}{}:
		default: // it is asked for already
		}
	}
}
