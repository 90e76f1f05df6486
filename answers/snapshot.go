package answers

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"

	"sourceline/answers/extract"
	"sourceline/answers/index"
	"sourceline/corpus"
)

// A snapshot is a file that a base is read from again: a mark with the version
// of the form, the sum of all that follows, what it was made from, and the
// index. It holds none of the articles, whose folder is read anyway.
const (
	snapshotMark = "sourceline snapshot 1\n"
	sumLen       = sha256.Size
)

// ErrStale says that a snapshot was made from other articles, or by another
// build of the program.
var ErrStale = errors.New("it was made from other articles or by another build of the program")

// ErrCorrupt says that a snapshot is damaged, or none.
var ErrCorrupt = errors.New("it is damaged or no snapshot")

// Save writes a snapshot of the base to the file. The file is replaced whole:
// whoever reads it meanwhile reads the old one.
func (b *Base) Save(file string) error {
	made, err := madeFrom(b.Articles())
	if err != nil {
		return err
	}
	out := append([]byte(snapshotMark), make([]byte, sumLen)...)
	out = append(out, made[:]...)
	out = b.index.Append(out)
	sum := sha256.Sum256(out[len(snapshotMark)+sumLen:])
	copy(out[len(snapshotMark):], sum[:])
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return fmt.Errorf("snapshot %s: %w", file, err)
	}
	defer os.Remove(f.Name()) // where it was not renamed
	_, err = f.Write(out)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return fmt.Errorf("snapshot %s: %w", file, err)
	}
	return nil
}

// Load makes the base of the articles from the snapshot that was saved of it.
// Where that cannot be, the error says why and is ErrStale, ErrCorrupt or one
// of the file: then New makes the base.
func Load(file string, articles []*corpus.Article) (*Base, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	b, err := restore(data, articles)
	if err != nil {
		return nil, fmt.Errorf("snapshot %s: %w", file, err)
	}
	return b, nil
}

func restore(data []byte, articles []*corpus.Article) (*Base, error) {
	usable, err := usableOf(articles)
	if err != nil {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(data, []byte(snapshotMark))
	if !ok || len(rest) < 2*sumLen {
		return nil, ErrCorrupt
	}
	if sum := sha256.Sum256(rest[sumLen:]); !bytes.Equal(sum[:], rest[:sumLen]) {
		return nil, ErrCorrupt
	}
	made, err := madeFrom(usable)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(made[:], rest[sumLen:2*sumLen]) {
		return nil, ErrStale
	}
	b := &Base{articles: usable, today: newest(usable)}
	indexed := latestFirst(usable)
	if b.index, err = index.Restore(string(rest[2*sumLen:]), indexed); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	names := extract.NewAliasBuilder()
	for place, a := range indexed {
		packed := b.index.Packed(place)
		entities := packed.Entities()
		names.Add(entities)
		var taken []taken
		for n := range packed.Len() {
			if b.index.Counted(place, n) {
				taken = append(taken, takenFrom(packed.Outline(a, n))...)
			}
		}
		b.withdrawn.add(taken, a.Date, entities)
	}
	b.names = names.Table()
	b.withdrawn.sort()
	b.keep()
	return b, nil
}

// madeFrom is the sum of what a snapshot is made from: the articles in their
// order, and the program. Another build may find other facts in them.
func madeFrom(articles []*corpus.Article) (out [sumLen]byte, err error) {
	h := sha256.New()
	program, err := programSum()
	if err != nil {
		return out, err
	}
	h.Write(program)
	for _, a := range articles {
		for _, s := range []string{a.ID, a.Title, a.Publisher, a.URL, a.Language, string(a.Status), a.Date.String(), a.Text} {
			writeString(h, s)
		}
	}
	h.Sum(out[:0])
	return out, nil
}

func writeString(h hash.Hash, s string) {
	h.Write(binary.AppendUvarint(nil, uint64(len(s))))
	io.WriteString(h, s)
}

// programSum is the sum of the program's file.
var programSum = sync.OnceValues(func() ([]byte, error) {
	file, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("the program's file: %w", err)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("the program's file: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, fmt.Errorf("the program's file %s: %w", file, err)
	}
	return h.Sum(nil), nil
})
