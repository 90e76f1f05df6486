package english

import "strings"

// nicknames are given names with what their bearers are called for short.
var nicknames = func() map[string][]int {
	m := map[string][]int{}
	for i, line := range strings.Split(nicknameTable, "\n") {
		for name := range strings.FieldsSeq(line) {
			m[name] = append(m[name], i)
		}
	}
	return m
}()

// nicknameTable has one given name a line, with its short forms.
const nicknameTable = `albert al bert
alexander alex alec sandy
andrew andy drew
anthony tony
barbara barb
benjamin ben benny
catherine cathy kate katie
charles charlie chuck
christopher chris
christine chris chrissie
daniel dan danny
david dave
deborah debbie deb
donald don
douglas doug
edward ed eddie ted
elizabeth liz beth betty eliza
francis frank
frederick fred freddie
gabriel gabe
gerald gerry jerry
gregory greg
harold harry hal
henry harry hank
jacob jake
james jim jimmy jamie
jennifer jen jenny
jeffrey jeff
john jack johnny
jonathan jon
joseph joe joey
joshua josh
katherine kathy kate katie
kenneth ken kenny
lawrence larry
leonard len leo
margaret maggie meg peggy
matthew matt
michael mike mick mickey
nathaniel nate nathan
nicholas nick nicky
patricia pat patty
patrick pat paddy
peter pete
philip phil
raymond ray
rebecca becky
richard rick dick rich ricky
robert bob bobby rob robbie
ronald ron ronnie
samuel sam sammy
stephen steve
steven steve
susan sue
terence terry
theodore ted theo
thomas tom tommy
timothy tim
victoria vicky
vincent vince
walter walt
william bill billy will willie`

// SameGivenName reports whether two folded given names can be one person's:
// "nick" and "nicholas".
func SameGivenName(a, b string) bool {
	for _, i := range nicknames[a] {
		for _, k := range nicknames[b] {
			if i == k {
				return true
			}
		}
	}
	return false
}

// GivenNameForms are the folded given names that can be the same person's as
// the folded name, itself included.
func GivenNameForms(name string) []string {
	out := []string{name}
	lines := strings.Split(nicknameTable, "\n")
	for _, i := range nicknames[name] {
		out = append(out, strings.Fields(lines[i])...)
	}
	return out
}
