package inbox

import (
	"context"
	"time"
)

// A checkpoint copies what the write-ahead log has gathered into the database
// file. SQLite would do it within a commit, which then takes as long; here it
// is done aside. When the log is long, the writer does the rest: then nothing
// can be added meanwhile, and the log begins anew.

const (
	// checkpointInterval is how often it is done while there is something to
	// copy. A page that changes often is copied once in that time; but commits
	// wait for the disk while it takes what was copied, and so it must not be
	// much.
	checkpointInterval = 250 * time.Millisecond
	// longLog is how many pages (of 4 KiB) make a log long: fewer than it may
	// keep on disk (journal_size_limit), since growing costs more than
	// writing over.
	longLog = 12_000
)

const checkpointSQL = `PRAGMA wal_checkpoint(PASSIVE)` // waits for nobody

// checkpoints keeps the log short until ctx ends.
func (b *Box) checkpoints(ctx context.Context) {
	var done int64
	var warned time.Time
	for sleep(ctx, checkpointInterval); ctx.Err() == nil; sleep(ctx, checkpointInterval) {
		commits := b.writer.stats().Commits
		if commits == done {
			continue
		}
		done = commits
		pages, err := b.checkpoint(ctx)
		if err == nil && pages >= longLog { // what came in meanwhile is little now, and less for the writer
			_, err = b.checkpoint(ctx)
			b.writer.finishLog()
		}
		if err != nil && ctx.Err() == nil && time.Since(warned) > time.Minute {
			warned = time.Now()
			b.Log.Warn("inbox: the log of the database could not be emptied; it grows", "err", explain(err))
		}
	}
}

// checkpoint copies what it can and returns how many pages the log has.
func (b *Box) checkpoint(ctx context.Context) (pages int, err error) {
	var busy, copied int
	err = b.db.RawDB.QueryRowContext(ctx, checkpointSQL).Scan(&busy, &pages, &copied)
	return pages, err
}
