package extract

import (
	"strings"

	"sourceline/answers/english"
)

// A tag is what a word does in its sentence, as far as counting needs to know.
type tag uint8

const (
	nominal      tag = iota // noun, adjective or name: whatever no rule claims
	participle              // "killed": past tense or past participle
	finite                  // "kills", "kill", "took": can be nothing but active
	gerund                  // "killing"
	beAux                   // is, was, been
	haveAux                 // has, had
	doAux                   // did
	modal                   // will, may
	infinitive              // the "to" before a verb
	negation                // not, never
	adverb                  // also, seriously: transparent
	preposition             // in, by
	ofWord                  // of
	coordinator             // and, or, but
	comma                   // ,
	relative                // who, which, that
	subordinator            // because, while, that
	determiner              // the, a, their
	pronoun                 // he, them
	possessive              // 's
	opening                 // ( [
	closing                 // ) ]
	dash                    // - between spaces, --, —
	hyphen                  // inside a compound
	stop                    // ; : . ? !
	quote                   // quotation marks: transparent
	number                  // inside a quantity
	timeWord                // inside a time
	tagCount                // how many there are
)

// closedTags are the words of grammar. What can be several things has the
// commonest, and the tagger looks at its neighbours.
var closedTags = buildTags(map[tag]string{
	beAux:        "am is are was were be been being 're 'm",
	haveAux:      "have has had having 've",
	doAux:        "do does did",
	modal:        "will would shall should can could may might must 'll 'd cannot wo ca ought",
	negation:     "not n't never neither",
	ofWord:       "of",
	preposition:  "in on at by for with from into onto over under after before during since until till against between among amid amidst across through throughout within without near around about per via towards toward upon off out up down behind beyond despite inside outside along alongside beside besides except including include includes included following concerning regarding like unlike according than as versus to atop below above beneath regardless depending",
	coordinator:  "and or but nor plus &",
	relative:     "who whom whose which",
	subordinator: "because although though while whereas if unless so whether once lest when where why how that what",
	determiner:   "the a an this these my your his her its our their some any every no another such all both either many several few most other various numerous more",
	pronoun:      "i you he she it we me him us them himself herself itself themselves they someone somebody anyone anybody everyone everybody nobody nothing something anything everything mine yours hers theirs ours those none",
	adverb:       "also later now then soon still already only just even again ago far very too here there ever always often nearly almost approximately roughly less least currently recently previously earlier meanwhile however moreover together alone instead perhaps maybe today yesterday tomorrow tonight away back yet aboard aside worldwide nationwide overseas abroad each apiece combined overall annually altogether seriously badly severely slightly critically gravely fatally lightly mortally",
})

// buildTags is the tag of each word. A word in two lists would get either, by
// the order of a map, so there may be none.
func buildTags(lists map[tag]string) *english.Table[tag] {
	m := make(map[string]tag, 400)
	for t, list := range lists {
		for w := range strings.FieldsSeq(list) {
			if _, twice := m[w]; twice {
				panic("extract: " + w + " stands in two lists of closedTags") // compiled in: no start, no test passes
			}
			m[w] = t
		}
	}
	return english.NewTable(m)
}

// irregular are the lemmas of pasts that the dictionary does not know as such.
var irregular = english.NewTable(map[string]string{"rose": "rise", "broke": "break", "bore": "bear", "known": "know", "given": "give"})

// notAdverbs end in "-ly" and are no adverbs.
var notAdverbs = english.NewSet("family assembly supply reply rally ally bully belly italy july elderly early monopoly anomaly butterfly fly jelly daily weekly monthly hourly yearly deadly friendly likely unlikely orderly lonely ugly holy apply comply rely imply multiply")

// participles maps the irregular past participles, those that are past tenses
// as well included. Pasts are past tenses only.
var (
	participles = english.NewSet("shot held taken sent left lost found hit hurt slain burnt burned caught brought cut set shut put met bought sold paid made led fed built given driven seen known shown broken chosen written stolen torn thrown flown blown swept kept felt lent thought sought taught sworn worn sunk beaten struck stricken laid said told spent fought bound dealt drawn eaten forgotten forbidden frozen hidden mistaken ridden risen grown spoken stood understood withdrawn overthrown won hanged hung dug fled run cast shed spread split hired fired bombed overrun taken undertaken outnumbered machinegunned gunned mown stuck dealt rebuilt resold bled bred slit heard lit meant read slept spun stung swum woken wound")
	pasts       = english.NewSet("took fell rose grew began drew drove saw gave went came became knew broke chose wrote stole tore threw flew blew ran swore wore bore sank shook spoke ate forgot forbade froze hid mistook rode withdrew overthrew sang swam woke arose")
	// notParticiples end in "-ed" and are no forms of verbs in news, or are
	// adjectives that stand before their noun.
	notParticiples = english.NewSet("armed united unidentified alleged so-called hundred red need speed indeed seed feed bed shed sacred naked wicked hatred unarmed uniformed masked hooded bearded retired aged unemployed unknown advanced limited combined unprecedented unconfirmed unnamed undisclosed accelerated repeated renewed skilled embed exceed proceed succeed bleed breed greed creed weed deed steed agreed-upon biased talented gifted crowded sophisticated hundred kindred")
)

// pureVerbs are verbs whose bare and -s forms are hardly ever nouns in news.
// nounVerbs can be both.
var (
	pureVerbs = english.NewSet("shrink exchange impeach compensate overwhelm abduct accuse acquire acquit add adopt affect allow annex announce appoint approve arrive assassinate assign attend attract avoid become begin believe belong besiege boycott bring buy cancel carry cease celebrate choose cite climb collapse come compel comprise condemn confirm consider contain continue create declare defeat demolish deny depart deploy describe deserve destroy detain die disappear discover dismiss displace divert donate earn eat elect employ endure enter erupt escape establish evacuate exceed execute exist exit expect expel explode extend face fall feed find flatten flee follow gain gather get give go govern happen have hear hire hit hospitalize ignite imply impose imprison include indicate infect inflict inform injure insist intend invade involve jump keep kill knock know lack lay learn leave let liberate lose lynch maim maintain make massacre mean meet narrow negotiate obtain occupy occur operate oppose organize outnumber overturn own pardon participate perform perish persist plunge postpone predict prevent produce promise propose protect prove provide publish put ratify reach receive recover reduce refuse remain remove represent resign restore resume retire reveal rise sanction say seek seem seize sell send serve settle shatter slay smash soar spend stand steal strand submit sue suffer surpass surrender suspend sustain swear take tell think throw topple try undergo unite unleash urge use vaccinate vanish warn wipe withdraw write")
	nounVerbs = english.NewSet("account address ambush amount arrest attack average back ban bar battle beat benefit blame blast block bomb burn bury bust call capture cast catch cause charge claim clash close convict cost count cover crash cross cut damage deal decline decrease delay demand demonstrate doubt drop drown end estimate fear fight fire flood force free ground grow halt head help hike hold host house hurt increase jail join kidnap land launch lead lift limit loot march mass miss murder name note number offer open order oust pass pay picket place plan plead pledge press probe protest pull purchase push quake quit raid raise rally rape recall record reject release report rescue result return riot ruin sack scrap sentence set shake share shell ship shoot show shut sign sink slam slash slump spark spread stab stage start stay stop storm strike struggle support surge suspect sweep swing target tear threaten toll top torch torture total train transfer trap travel trial trigger turn value visit vote wait walk want watch welcome win witness work wound wreck")
)

// notEventNouns are verbs of events that as nouns mean something else.
var notEventNouns = english.NewSet("station ship force gun level fine case order call grant free save guard strand")

// happenings are verbs whose subject it happens to: "12 people died".
var happenings = english.NewSet("die perish drown disappear vanish suffer fall collapse burn explode sink crash rise grow increase decrease decline drop jump surge plunge slump soar go flee survive")

// neverPassive are verbs whose participle alone is a past tense.
var neverPassive = english.NewSet("die perish disappear vanish fall go rise survive arrive participate happen occur flee escape march rally protest vote walk gather remain return live stay come attend work belong erupt begin land")

// raising verbs say how something is known or came about; what happened is in
// the verb or adjective after them: "were reported killed", "was found dead".
var raising = english.NewSet("result believe report fear say think presume find leave declare confirm list expect estimate know feel allege assume announce consider understand suspect see show remain appear seem likely get go lie become rule pronounce certify")

// eventAdjectives tell, after a verb of being or after their noun, what
// happened: "12 people dead", "remain missing".
var eventAdjectives = english.NewSet("dead missing homeless unaccounted injured wounded hospitalized hospitalised jobless redundant stranded trapped ablaze adrift ill sick infected displaced hostage captive unhurt unharmed safe alive absent unconscious bleeding hostages captives prisoner prisoners")

// bodyNouns tell of a death: "the bodies of five people".
var bodyNouns = english.NewSet("body corpse remains cadaver")

// findVerbs make a death of a body: "28 bodies were found".
var findVerbs = english.NewSet("find discover recover retrieve see pull dig unearth exhume identify locate lie collect count bury take bring transfer remove")

// agentNouns are those who did it to those whom their of-phrase names: "the
// killers of the six priests".
var agentNouns = english.NewTable(map[string]string{
	"killer": "kill", "murderer": "kill", "assassin": "kill", "kidnapper": "kidnap", "abductor": "kidnap", "captor": "kidnap",
	"survivor": "rescue", "abduction": "kidnap",
})

// dayNouns stand between an event and those it happened to: "the murder on
// the evening of 27 February of six people".
var dayNouns = english.NewSet("evening morning night afternoon day dawn dusk eve weekend week month year")

// collectives are nouns whose of-phrase is what counts: "a group of 20".
var collectives = english.NewSet("group total crowd team contingent convoy column detachment band delegation party gang squad number set series list batch wave crew unit fleet shipment minimum maximum average record estimate handful majority")

// classifiers are counted in place of what their of-phrase names: "250 pieces
// of hardware".
var classifiers = english.NewSet("piece unit item head type kind sort set pair form copy case")

// tollNouns are counted by a figure that stands in another phrase: "the death
// toll rose to 17".
var tollNouns = english.NewSet("toll tally number count figure total")

// partCues begin a part of what was counted before.
var partCues = english.NewSet("including include includes included among")

// lightNouns make an event of the verb before them: "lost their lives".
var lightNouns = english.NewTable(map[string]map[string]string{
	"lose":        {"life": "kill", "home": "displace", "job": "layoff", "house": "displace"},
	"claim":       {"life": "kill"},
	"take":        {"street": "protest", "hospital": "hospitalize", "life": "kill", "hostage": "kidnap", "captive": "kidnap", "prisoner": "detain", "custody": "detain", "part": "attend", "refuge": "displace"},
	"cost":        {"life": "kill"},
	"find":        {"death": "kill"},
	"meet":        {"death": "kill"},
	"suffer":      {"injury": "injure", "wound": "injure", "burn": "injure", "bruise": "injure", "fracture": "injure", "cut": "injure"},
	"sustain":     {"injury": "injure", "wound": "injure", "burn": "injure"},
	"receive":     {"injury": "injure", "wound": "injure", "burn": "injure", "treatment": "hospitalize"},
	"rush":        {"hospital": "hospitalize"},
	"bring":       {"hospital": "hospitalize"},
	"fly":         {"hospital": "hospitalize"},
	"hold":        {"hostage": "kidnap", "captive": "kidnap", "prisoner": "detain", "custody": "detain"},
	"join":        {"walkout": "strike", "strike": "strike", "stoppage": "strike", "protest": "protest", "demonstration": "protest", "march": "protest", "rally": "protest"},
	"remand":      {"custody": "detain"},
	"place":       {"custody": "detain"},
	"cast":        {"ballot": "vote", "vote": "vote"},
	"go":          {"strike": "strike", "missing": "missing"},
	"be":          {"strike": "strike"},
	"put":         {"death": "kill"},
	"beat":        {"death": "kill"},
	"shoot":       {"death": "kill", "dead": "kill"},
	"hack":        {"death": "kill"},
	"stab":        {"death": "kill"},
	"burn":        {"death": "kill", "alive": "kill"},
	"crush":       {"death": "kill"},
	"have":        {"injury": "injure", "wound": "injure", "burn": "injure"},
	"blow":        {"piece": "kill", "bit": "kill"},
	"leave":       {"injury": "injure", "wound": "injure", "burn": "injure"},
	"escape":      {"injury": "injure", "wound": "injure", "burn": "injure", "bruise": "injure"},
	"pay":         {"life": "kill"},
	"fall":        {"combat": "kill", "action": "kill", "battle": "kill"},
	"riddle":      {"bullet": "kill"},
	"slit":        {"throat": "kill"},
	"treat":       {"injury": "injure hospitalize", "wound": "injure hospitalize", "burn": "injure hospitalize", "cut": "injure hospitalize"},
	"hospitalize": {"injury": "injure hospitalize", "wound": "injure hospitalize", "burn": "injure hospitalize"},
})

// particles make another event of the verb before them: "walk out", "lay
// off".
var particles = english.NewTable(map[string]string{
	"walk out": "strike", "walk off": "strike", "lie off": "layoff", "lay off": "layoff", "pull out": "withdraw", "shut down": "shutdown",
	"down tool": "strike", "pull back": "withdraw", "gun down": "kill",
	"mow down": "kill", "wipe out": "destroy", "let go": "layoff", "turn out": "attend", "burn down": "destroy",
	"finish off": "kill", "carry off": "kidnap", "drag away": "kidnap", "drag off": "kidnap",
})

// phrasal are the particles that verbs have before an object: "sent OFF", "called UP".
var phrasal = english.NewSet("off up down out over away back")

// verbLemma is the verb of a word that ends in "-ing" or "-ed", also where the
// dictionary takes it for a noun ("killing") or does not have it
// ("machinegunned").
func verbLemma(norm, lemma string) string {
	for _, end := range [...]string{"ing", "ed"} {
		stem, ok := strings.CutSuffix(norm, end)
		if !ok || lemma != norm || len(stem) < 3 {
			continue
		}
		for _, s := range [...]string{stem, stem + "e", stem[:len(stem)-1]} {
			if verbs.Has(s) {
				return s
			}
		}
		return lemma
	}
	return lemma
}

// verbs are all the verbs that the tables know by lemma.
var verbs = english.Union(pureVerbs, nounVerbs, happenings, raising)

// isPerson reports whether a lemma names people.
func isPerson(lemma string) bool { return english.Covers("people", lemma) }
