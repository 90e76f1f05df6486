package inbox

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.mau.fi/util/dbutil"
)

// A tx runs statements in the transaction of a batch. Statements are prepared
// once for the connection; parameters are written $1, $2, ….
type tx struct {
	ctx    context.Context
	conn   *sql.Conn
	sqlite bool
	stmts  map[string]*sql.Stmt
}

func (x *tx) stmt(query string) (*sql.Stmt, error) {
	if s := x.stmts[query]; s != nil {
		return s, nil
	}
	s, err := x.conn.PrepareContext(x.ctx, dialect(query, x.sqlite))
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", query, err)
	}
	x.stmts[query] = s
	return s, nil
}

// exec returns how many rows were changed.
func (x *tx) exec(query string, args ...any) (int64, error) {
	s, err := x.stmt(query)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(x.ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// insert runs an INSERT of one row that does nothing on a conflict; isNew tells
// whether it made a row, seq is then the row's. On SQLite it asks for no
// RETURNING, for which each insert would keep a journal of its own.
func (x *tx) insert(query string, args ...any) (seq int64, isNew bool, err error) {
	if !x.sqlite {
		isNew, err = x.row(query+` RETURNING seq`, args, &seq)
		return seq, isNew, err
	}
	s, err := x.stmt(query)
	if err != nil {
		return 0, false, err
	}
	r, err := s.ExecContext(x.ctx, args...)
	if err != nil {
		return 0, false, err
	}
	if n, err := r.RowsAffected(); n == 0 || err != nil {
		return 0, false, err
	}
	seq, err = r.LastInsertId()
	return seq, err == nil, err
}

// row scans the one row of a query; found tells whether there is one.
func (x *tx) row(query string, args []any, into ...any) (found bool, err error) {
	s, err := x.stmt(query)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(x.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls scan for each row of a query.
func (x *tx) each(query string, args []any, scan func(scanner) error) error {
	s, err := x.stmt(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(x.ctx, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, scan)
}

// A scanner is a row.
type scanner interface{ Scan(...any) error }

func eachRow(rows *sql.Rows, scan func(scanner) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// dialect writes parameters as the database wants them.
func dialect(query string, sqlite bool) string {
	if sqlite {
		return strings.ReplaceAll(query, "$", "?")
	}
	return query
}

// maxBatch is how many operations share a transaction at most: more would
// make the first of them wait for the last.
const maxBatch = 256

// gather is how long a batch waits for more, where the one before it had
// company: each commit writes whole pages, and operations share most of them.
const gather = 2 * time.Millisecond

// batchTimeout is how long a PostgreSQL batch may take before the connection
// is given up.
const batchTimeout = 10 * time.Second

// An op is an operation that waits for its batch. It may run twice, and must
// set all that it sets anew.
type op struct {
	do   func(*tx) error
	then func(error) // where not nil, called with the outcome before done hears it
	done chan error
}

func (o op) end(err error) {
	if o.then != nil {
		o.then(err)
	}
	o.done <- err
}

// A writer runs operations on one connection, those that wait together in
// one transaction: a commit costs a flush of the disk, whatever is in it.
type writer struct {
	db     *dbutil.Database
	ops    chan op
	rest   chan struct{} // asks for the rest of a checkpoint
	ended  chan struct{}
	sqlite bool
	x      *tx // nil without a connection

	mu     sync.Mutex
	err    error // of the last batch
	counts Stats // Commits, Operations, Committing
}

var errClosed = errors.New("the inbox is closed")

func newWriter(db *dbutil.Database) *writer {
	return &writer{db: db, ops: make(chan op, maxBatch), rest: make(chan struct{}, 1), ended: make(chan struct{}), sqlite: db.Dialect == dbutil.SQLite}
}

// write runs do in a transaction and returns once that is on disk. Where ctx
// ends first it may happen nevertheless.
func (w *writer) write(ctx context.Context, do func(*tx) error) error {
	return w.writeThen(ctx, do, nil)
}

// writeThen is write, and has then called with the outcome even where nobody
// waits for it any more. It must be quick.
func (w *writer) writeThen(ctx context.Context, do func(*tx) error, then func(error)) error {
	o := op{do: do, then: then, done: make(chan error, 1)}
	select {
	case w.ops <- o:
	case <-w.ended:
		if then != nil {
			then(errClosed)
		}
		return errClosed
	case <-ctx.Done():
		if then != nil {
			then(ctx.Err())
		}
		return ctx.Err()
	}
	select {
	case err := <-o.done:
		return err
	case <-w.ended:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// failure is why the last batch failed, or nil.
func (w *writer) failure() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// run works until ctx ends.
func (w *writer) run(ctx context.Context) {
	defer close(w.ended)
	defer w.disconnect()
	batch := make([]op, 0, maxBatch)
	crowded := false
	for {
		batch = batch[:0]
		select {
		case o := <-w.ops:
			batch = append(batch, o)
		case <-w.rest:
			w.checkpoint()
			continue
		case <-ctx.Done():
			return
		}
		if crowded {
			time.Sleep(gather)
		}
		for more := true; more && len(batch) < maxBatch; {
			select {
			case o := <-w.ops:
				batch = append(batch, o)
			default:
				more = false
			}
		}
		crowded = len(batch) > 2
		w.commit(batch)
	}
}

// stats are the counts since the start.
func (w *writer) stats() Stats {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.counts
}

// finishLog asks for the rest of a checkpoint.
func (w *writer) finishLog() {
	select {
	case w.rest <- struct{}{}:
	default: // it is asked for already
	}
}

// checkpoint copies the rest of the log into the database file. A failure is
// found again by the next commit, or does not matter.
func (w *writer) checkpoint() {
	if w.x != nil {
		_, _ = w.x.conn.ExecContext(context.Background(), checkpointSQL)
	}
}

// commit runs a batch in one transaction. An operation that fails on its own
// takes none of the others with it: they run again, each by itself.
func (w *writer) commit(batch []op) {
	err := w.transact(batch)
	if err != nil && len(batch) > 1 && !isOutage(err) {
		for _, o := range batch {
			o.end(w.note(w.transact([]op{o})))
		}
		return
	}
	err = w.note(err)
	for _, o := range batch {
		o.end(err)
	}
}

// note remembers whether the database works and says how to mend it.
func (w *writer) note(err error) error {
	if err != nil {
		err = explain(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err = nil; isOutage(err) {
		w.err = err
	}
	return err
}

func (w *writer) transact(batch []op) (err error) {
	ctx := context.Background() // SQLite: one that could end costs a goroutine a statement
	if !w.sqlite {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, batchTimeout)
		defer cancel()
	}
	if err := w.connect(ctx); err != nil {
		return outage{err}
	}
	begin := "BEGIN"
	if w.sqlite {
		begin = "BEGIN IMMEDIATE"
	}
	if _, err := w.x.conn.ExecContext(ctx, begin); err != nil {
		w.disconnect()
		return outage{err}
	}
	for _, o := range batch {
		if err := o.do(w.x); err != nil {
			return w.rollback(ctx, err)
		}
	}
	start := time.Now()
	if _, err := w.x.conn.ExecContext(ctx, "COMMIT"); err != nil {
		return outage{w.rollback(ctx, err)}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counts.Commits++
	w.counts.Operations += int64(len(batch))
	w.counts.Committing += time.Since(start)
	return nil
}

// rollback returns the cause, as an outage where the connection is broken.
func (w *writer) rollback(ctx context.Context, cause error) error {
	if _, err := w.x.conn.ExecContext(ctx, "ROLLBACK"); err != nil {
		w.disconnect()
		return outage{cause}
	}
	return cause
}

func (w *writer) connect(ctx context.Context) error {
	if w.x != nil {
		w.x.ctx = ctx
		return nil
	}
	conn, err := w.db.RawDB.Conn(ctx)
	if err != nil {
		return err
	}
	setting := postgresSetting
	if w.sqlite {
		setting = sqliteSetting
	}
	if _, err := conn.ExecContext(ctx, setting); err != nil {
		conn.Close()
		return err
	}
	w.x = &tx{ctx: ctx, conn: conn, sqlite: w.sqlite, stmts: map[string]*sql.Stmt{}}
	return nil
}

// What the connection that writes is set to.
const (
	// Checkpoints are made aside; see checkpoint.go.
	sqliteSetting = `PRAGMA wal_autocheckpoint = 0`
	// Every statement of a batch finds its few rows by an index. Without
	// this the planner, whose statistics lag behind tables that change all
	// the time, reads whole tables.
	postgresSetting = `SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off`
)

// disconnect gives the connection up, for good: it may be in the middle of a
// transaction.
func (w *writer) disconnect() {
	if w.x == nil {
		return
	}
	for _, s := range w.x.stmts {
		s.Close()
	}
	w.x.conn.Raw(func(any) error { return errBadConn })
	w.x.conn.Close()
	w.x = nil
}
