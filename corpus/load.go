package corpus

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"sync"
)

// MaxFileSize is the size in bytes above which a file is refused unread: an
// article is some kilobytes, so such a file is something else.
const MaxFileSize = 10 << 20

//go:embed articles/*.md
var embedded embed.FS

var embeddedArticles = sync.OnceValues(func() ([]*Article, error) {
	names, err := fs.Glob(embedded, "articles/*.md")
	if err != nil {
		return nil, err
	}
	var articles []*Article
	for _, name := range names {
		data, err := embedded.ReadFile(name)
		if err != nil {
			return nil, err
		}
		a, err := Parse(path.Base(name), data)
		if err != nil {
			return nil, fmt.Errorf("embedded article: %w", err)
		}
		articles = append(articles, a)
	}
	return articles, nil
})

// Embedded is the default corpus, in the order of its IDs.
func Embedded() ([]*Article, error) {
	articles, err := embeddedArticles()
	return append([]*Article(nil), articles...), err
}

// Load reads the .txt and .md files of a folder, in the order of their names;
// other files and subfolders are left alone. A file that is no article is left
// out and reported. It is an error when the folder cannot be read, when two
// files have one ID, and when no article is left.
func Load(dir string) ([]*Article, []Problem, error) {
	names, err := articleFiles(dir)
	if err != nil {
		return nil, nil, err
	}
	var articles []*Article
	var problems []Problem
	owner := map[string]string{} // ID -> file
	for _, name := range names {
		file := filepath.Join(dir, name)
		a, found := readArticle(file)
		if len(found) > 0 {
			problems = append(problems, found...)
			continue
		}
		if first, twice := owner[a.ID]; twice {
			return nil, problems, sameID(a.ID, first, file)
		}
		owner[a.ID] = file
		articles = append(articles, a)
	}
	if len(articles) == 0 {
		return nil, problems, fmt.Errorf("corpus %s: no file in it is a readable article: %w", dir, joinProblems(problems))
	}
	return articles, problems, nil
}

func sameID(id, first, second string) Problem {
	return Problem{File: second, Text: fmt.Sprintf("article ID %q is also that of %s: rename one of the two", id, first)}
}

// Check finds every problem of a folder of articles. The error says that the
// folder itself cannot be used.
func Check(dir string) ([]Problem, error) {
	names, err := articleFiles(dir)
	if err != nil {
		return nil, err
	}
	var problems []Problem
	owner := map[string]string{}
	for _, name := range names {
		file := filepath.Join(dir, name)
		_, found := readArticle(file)
		problems = append(problems, found...)
		id := articleID(name)
		if first, twice := owner[id]; twice {
			problems = append(problems, sameID(id, first, file))
			continue
		}
		owner[id] = file
	}
	return problems, nil
}

// articleFiles names the .txt and .md files of a folder; none is an error.
func articleFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("corpus %s: there is no such folder", dir)
	case err != nil:
		return nil, fmt.Errorf("corpus %s: not a folder that can be read: %w", dir, err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && isArticleName(e.Name()) {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("corpus %s: the folder has no .txt or .md file", dir)
	}
	sort.Strings(names)
	return names, nil
}

func isArticleName(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt", ".md":
		return !strings.HasPrefix(name, ".")
	}
	return false
}

func readArticle(file string) (*Article, []Problem) {
	data, err := readLimited(file)
	if err != nil {
		return nil, []Problem{{File: file, Text: err.Error()}}
	}
	return parse(file, data)
}

// readLimited reads a regular file, and nothing of one that is too large.
func readLimited(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", withoutPath(err))
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	if info.Size() > MaxFileSize {
		return nil, tooLarge(info.Size())
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", withoutPath(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFileSize+1)) // it may have grown since
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", withoutPath(err))
	}
	if len(data) > MaxFileSize {
		return nil, tooLarge(int64(len(data)))
	}
	return data, nil
}

func tooLarge(size int64) error {
	return fmt.Errorf("%.1f MB, over the limit of %d MB for an article: split it or leave it out",
		float64(size)/(1<<20), MaxFileSize>>20)
}

// withoutPath drops the path of a file error: the Problem names it already.
func withoutPath(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
