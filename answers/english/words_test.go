package english

import "testing"

func TestIsWord(t *testing.T) {
	for w, want := range map[string]bool{
		"peaceful": true, "peacefully": true, "violence": true, "unarmed": true, "clearly": true, "happily": true,
		"troops": true, "antitank": true, "putin": false, "almaty": false, "emily": false, "usulutan": false, "": false,
	} {
		if got := IsWord(w); got != want {
			t.Errorf("IsWord(%q) = %v, want %v", w, got, want)
		}
	}
}
