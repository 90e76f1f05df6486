package shelf

import (
	"context"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watch reloads when a folder has changed and then been quiet for settle. It
// returns when ctx ends, or at once with an error where folders cannot be
// watched; Reload still works then.
func (s *Shelf) Watch(ctx context.Context, settle time.Duration) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer w.Close()
	watched := map[string]bool{}
	for _, folder := range s.folders {
		if folder == "" {
			continue
		}
		folder, err := filepath.Abs(folder)
		if err != nil {
			return err
		}
		watched[folder] = true
		if err := w.Add(folder); err != nil {
			return err
		}
		// The parent tells when the folder itself is replaced by another.
		if err := w.Add(filepath.Dir(folder)); err != nil {
			s.log.Debug("the folder above the corpus is not watched", "folder", folder, "err", err)
		}
	}
	if len(watched) == 0 {
		<-ctx.Done()
		return nil
	}
	return s.watch(ctx, w, watched, settle)
}

func (s *Shelf) watch(ctx context.Context, w *fsnotify.Watcher, watched map[string]bool, settle time.Duration) error {
	quiet := time.NewTimer(settle)
	quiet.Stop()
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-w.Events:
			if !ok {
				return nil
			}
			if watched[e.Name] && e.Has(fsnotify.Create) {
				if err := w.Add(e.Name); err != nil {
					s.log.Warn("the new corpus folder is not watched", "folder", e.Name, "err", err)
				}
			}
			if watched[e.Name] || watched[filepath.Dir(e.Name)] {
				quiet.Reset(settle)
			}
		case err, ok := <-w.Errors:
			if !ok {
				return nil
			}
			s.log.Warn("watching the corpus folders: changes may have been missed, reading them again", "err", err)
			quiet.Reset(settle)
		case <-quiet.C:
			_ = s.Reload(ctx) // logged there; the old corpus stays
		}
	}
}
