package slack

import (
	"errors"
	"maps"
	"sync"
	"time"
)

// memory keeps what was looked up for a while; an old value is better than none
// where the lookup fails.
type memory[T any] struct {
	mu   *sync.Mutex
	of   map[string]remembered[T]
	keep time.Duration
}

type remembered[T any] struct {
	value T
	until time.Time
}

// memoryLimit bounds a memory; past it all is forgotten and looked up again.
const memoryLimit = 50_000

func newMemory[T any](keep time.Duration) memory[T] {
	return memory[T]{mu: new(sync.Mutex), of: map[string]remembered[T]{}, keep: keep}
}

// get returns what is held for key, or looks it up.
func (m memory[T]) get(key string, look func() (T, error)) (T, error) {
	m.mu.Lock()
	old, ok := m.of[key]
	m.mu.Unlock()
	if ok && time.Now().Before(old.until) {
		return old.value, nil
	}
	value, err := look()
	if err != nil {
		if ok && !errors.As(err, new(refusal)) {
			return old.value, nil
		}
		return value, err
	}
	m.put(key, value)
	return value, nil
}

// held returns what is held for key and still good.
func (m memory[T]) held(key string) (value T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	old, ok := m.of[key]
	if !ok || !time.Now().Before(old.until) {
		return value, false
	}
	return old.value, true
}

// put holds value for key; the empty key holds nothing.
func (m memory[T]) put(key string, value T) {
	if key == "" {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.of) >= memoryLimit {
		clear(m.of)
	}
	m.of[key] = remembered[T]{value, time.Now().Add(m.keep)}
}

// forget drops the values that match.
func (m memory[T]) forget(match func(T) bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.of, func(_ string, r remembered[T]) bool { return match(r.value) })
}
