package inbox

import (
	"context"
	"fmt"

	"sourceline/adapters"
)

// Store returns an adapter's own small store in the same database, apart from
// those of other names.
func (b *Box) Store(name string) adapters.Store { return store{b, name} }

type store struct {
	box  *Box
	name string
}

// Get returns what is kept under key, or adapters.ErrNotFound.
func (s store) Get(ctx context.Context, key string) ([]byte, error) {
	var value []byte
	found := false
	err := s.box.query(ctx, func(row scanner) error {
		found = true
		return row.Scan(&value)
	}, `SELECT value FROM kept WHERE space = $1 AND key = $2`, s.name, key)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("inbox: store %s: %s: %w", s.name, key, adapters.ErrNotFound)
	}
	return value, nil
}

// Put keeps value under key, on disk when it returns.
func (s store) Put(ctx context.Context, key string, value []byte) error {
	if s.box.writer == nil {
		return errReadOnly
	}
	if value == nil {
		value = []byte{}
	}
	return s.box.writer.write(ctx, func(x *tx) error {
		_, err := x.exec(`INSERT INTO kept (space, key, value) VALUES ($1, $2, $3)
ON CONFLICT (space, key) DO UPDATE SET value = excluded.value`, s.name, key, value)
		return err
	})
}

// Delete forgets key.
func (s store) Delete(ctx context.Context, key string) error {
	if s.box.writer == nil {
		return errReadOnly
	}
	return s.box.writer.write(ctx, func(x *tx) error {
		_, err := x.exec(`DELETE FROM kept WHERE space = $1 AND key = $2`, s.name, key)
		return err
	})
}
