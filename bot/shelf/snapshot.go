package shelf

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"sourceline/answers"
	"sourceline/corpus"
)

// base makes the base of a corpus: from its snapshot where there is one of just
// these articles, or else anew, and then a snapshot of it. The corpus that is
// built in has none: it takes no time.
func (s *Shelf) base(name string, articles []*corpus.Article) (*answers.Base, error) {
	if s.saved == "" || s.folders[name] == "" {
		return answers.New(articles)
	}
	file := s.snapshot(name)
	start := time.Now()
	base, err := answers.Load(file, articles)
	if err == nil {
		s.log.Info("corpus read from its snapshot", "corpus", name, "file", file, "articles", len(articles), "took", time.Since(start).Round(time.Millisecond))
		return base, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		s.log.Info("there is no snapshot of the corpus yet; building it", "corpus", name, "file", file)
	} else {
		s.log.Warn("the snapshot of the corpus is not used; building it anew", "corpus", name, "err", err)
	}
	start = time.Now()
	if base, err = answers.New(articles); err != nil {
		return nil, err
	}
	s.log.Info("corpus built", "corpus", name, "articles", len(articles), "took", time.Since(start).Round(time.Millisecond))
	err = os.MkdirAll(s.saved, 0o700)
	if err == nil {
		err = base.Save(file)
	}
	if err != nil {
		s.log.Error("no snapshot of the corpus was written; the next start takes as long", "corpus", name, "err", err)
	}
	return base, nil
}

// snapshot is the file of a corpus's snapshot. No name of a corpus has a point.
func (s *Shelf) snapshot(name string) string {
	if name == "" {
		name = "the.default"
	}
	return filepath.Join(s.saved, name+".snapshot")
}
