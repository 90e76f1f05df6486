package quantity

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sourceline/answers/english"
)

// What Find reaches at least on the recognizers sets of $SOURCELINE_BENCH.
const (
	leastValueF1 = .93
	leastUnitF1  = .85
)

// A benchRow is a text and the quantities in it.
type benchRow struct {
	ID         string `json:"id"`
	Text       string `json:"text"`
	Quantities []struct {
		Value string `json:"value"`
		Unit  string `json:"normalized_unit"`
	} `json:"quantities"`
}

// TestRecognizers scores Find by the F1 of values, and of values with their
// units.
func TestRecognizers(t *testing.T) {
	dir := os.Getenv("SOURCELINE_BENCH")
	files, _ := filepath.Glob(filepath.Join(dir, "recognizers_*.jsonl"))
	if dir == "" || len(files) == 0 {
		t.Skip("SKIPPED: SOURCELINE_BENCH names no folder with recognizers_*.jsonl")
	}
	var all, withUnit score
	for _, file := range files {
		var values, units score
		for _, row := range readRows(t, file) {
			scoreRow(t, row, &values, &units)
		}
		t.Logf("%-32s values %v, with unit %v", filepath.Base(file), values, units)
		all, withUnit = all.plus(values), withUnit.plus(units)
	}
	t.Logf("%-32s values %v, with unit %v", "all", all, withUnit)
	if all.f1() < leastValueF1 || withUnit.f1() < leastUnitF1 {
		t.Errorf("F1 of values %.3f, of values with unit %.3f; want at least %v and %v", all.f1(), withUnit.f1(), leastValueF1, leastUnitF1)
	}
}

func readRows(t *testing.T, file string) []benchRow {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []benchRow
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row benchRow
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		rows = append(rows, row)
	}
	return rows
}

// A score counts what was found rightly, what was found and what there is.
type score struct{ right, found, gold int }

func (s score) plus(t score) score {
	return score{s.right + t.right, s.found + t.found, s.gold + t.gold}
}

func (s score) f1() float64 { return 2 * float64(s.right) / float64(s.found+s.gold) }

func (s score) String() string {
	return strconv.FormatFloat(s.f1(), 'f', 3, 64) + " (" + strconv.Itoa(s.right) + " of " + strconv.Itoa(s.gold) + ", " + strconv.Itoa(s.found) + " found)"
}

// scoreRow adds one text to both scores, each gold quantity met at most once.
func scoreRow(t *testing.T, row benchRow, values, units *score) {
	tokens := english.Tokens(row.Text, 0)
	quantities := Find(row.Text, tokens)
	values.found += len(quantities)
	units.found += len(quantities)
	values.gold += len(row.Quantities)
	units.gold += len(row.Quantities)
	metValue, metUnit := make([]bool, len(row.Quantities)), make([]bool, len(row.Quantities))
	for _, q := range quantities {
		unit := benchUnit(tokens, q)
		right, rightUnit := false, false
		for pass := range 2 { // the gold quantity with the right unit first
			for k, gold := range row.Quantities {
				same := valueIs(q, gold.Value)
				if same && gold.Unit == unit && !metUnit[k] && !rightUnit {
					metUnit[k], rightUnit = true, true
				}
				if same && !metValue[k] && !right && (pass == 1 || gold.Unit == unit) {
					metValue[k], right = true, true
				}
			}
		}
		if right {
			values.right++
		}
		if rightUnit {
			units.right++
		}
		if !rightUnit && testing.Verbose() {
			t.Logf("%s: found %s %q in %q", row.ID, show(q), unit, row.Text)
		}
	}
	for k, gold := range row.Quantities {
		if !metUnit[k] && testing.Verbose() {
			t.Logf("%s: missed %s %q in %q", row.ID, gold.Value, gold.Unit, row.Text)
		}
	}
}

// benchUnit is the unit as the sets write it: a counted noun for plain
// counts, "-" for none.
func benchUnit(tokens []english.Token, q Quantity) string {
	if q.Unit.Name != "" {
		return q.Unit.Name
	}
	if _, noun := CountedNoun(tokens, q); noun != "" {
		return noun
	}
	return "-"
}

// valueIs compares a quantity with "5", "0.33" or "40-50".
func valueIs(q Quantity, gold string) bool {
	low, high, isRange := strings.Cut(strings.TrimPrefix(gold, "-"), "-")
	a, err := strconv.ParseFloat(low, 64)
	b := a
	if isRange {
		b, _ = strconv.ParseFloat(high, 64)
	}
	if strings.HasPrefix(gold, "-") {
		a, b = -a, -b
	}
	close := func(x, y float64) bool {
		return math.Abs(x-y) <= .005*math.Max(1, math.Abs(y)) && (math.Abs(y) < 1 || math.Abs(x-y) <= 1e-6*math.Abs(y))
	}
	return err == nil && close(q.Low, a) && (close(q.High, b) || q.Vague)
}
