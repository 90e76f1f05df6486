package english

import "strings"

// A Class is a set of closed word classes; a word can be in several.
type Class uint32

// The classes.
const (
	Determiner   Class = 1 << iota // the, a, this, their
	Preposition                    // of, in, after
	Pronoun                        // he, who, they
	Auxiliary                      // be, have, do and the modals, all forms
	Conjunction                    // and, or, that, because
	Negation                       // not, no, never
	Question                       // who, what, when, how
	NumberWord                     // one, sixteen, hundred, dozens
	Month                          // January, Jan
	Weekday                        // Monday, Mon
	Honorific                      // Mr, President, General: stands before a name
	Abbreviation                   // a point after it ends no sentence
	Reporting                      // said, told, reported: verbs by which somebody says something
	Adverb                         // also, later: may stand between any two words
	Relative                       // who, which, that
	Hedge                          // about, nearly, some, at least (single words of it)
	Stop                           // says nothing about what a sentence is about
	Quantifier                     // many, several, few, all, both
	Ordinal                        // first, second, last
	Person                         // he, she, they, him: stands for a person named before
)

const functionWords = Determiner | Preposition | Pronoun | Auxiliary | Conjunction | Negation | Question | Relative

// FunctionWord reports whether the form is a word of grammar.
func (f *Form) FunctionWord() bool { return f.Class&functionWords != 0 }

// Content reports whether the form says what the sentence is about: a word
// or number that is neither grammar nor a stop word.
func (f *Form) Content() bool {
	return f.Kind == Number || f.Kind == Word && f.Class&(functionWords|Stop) == 0
}

var classes = buildClasses(map[Class]string{
	Determiner:  "the a an this that these those my your his her its our their some any each every no another such 's s",
	Preposition: "of in on at by for with from to into onto over under after before during since until till against between among amid across through throughout within without near around about as than per via towards toward upon off out up down behind beyond despite inside outside along beside besides except including following concerning regarding amidst atop below above beneath versus",
	Pronoun:     "i you he she it we they me him us them himself herself itself themselves mine yours hers theirs ours who whom whose which what that this these those one ones someone somebody anyone anybody everyone everybody nobody nothing something anything everything others other",
	Auxiliary:   "be am is are was were been being 're 'm have has had having 've do does did doing done will would shall should can could may might must 'll 'd ought cannot wo ca",
	Conjunction: "and or but nor that because although though while whereas if unless so yet when where whether since as than plus",
	Negation:    "not no never none neither nor n't n’t without nobody nothing hardly",
	Question:    "who whom whose what which when where why how",
	NumberWord:  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen dozens tens hundreds thousands millions billions trillions scores half quarter third couple pair several few many bn mn tn mln bln",
	Month:       "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec",
	Weekday:     "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
	Honorific: "mr mrs ms miss mx dr prof professor sir dame lord lady madam president vice prime minister chancellor premier governor senator sen rep representative congressman congresswoman mayor deputy secretary ambassador envoy " +
		"king queen prince princess emperor pope bishop archbishop cardinal rabbi imam sheikh ayatollah father sister brother reverend rev general gen colonel col lieutenant lt major maj captain capt sergeant sgt corporal private admiral commander marshal brigadier commissioner commissar " +
		"judge justice attorney sheriff inspector superintendent detective chief chairman chairwoman chair director spokesman spokeswoman spokesperson leader coach manager founder ceo economist analyst activist lawyer prosecutor mp mep",
	Abbreviation: "mr mrs ms dr prof st gen col lt maj capt sgt sen rep gov rev hon jr sr inc corp co ltd no nos vs etc jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun u.s u.k u.n u.s. u.k. u.n. e.u. d.c. a.m. p.m. i.e. e.g. approx est dept fig mt ft ave blvd p pp vol art ph.d messrs mme mlle cmdr adm brig pte cpl",
	Reporting: "say says said saying tell tells told telling report reports reported reporting announce announces announced announcing state states stated stating claim claims claimed claiming confirm confirms confirmed confirming add adds added adding declare declares declared declaring insist insists insisted insisting " +
		"assure assures assured assuring certify certifies certified warn warns warned warning write writes wrote written tweet tweets tweeted tweeting note notes noted noting acknowledge acknowledges acknowledged admit admits admitted allege alleges alleged argue argues argued assert asserts asserted comment comments commented concede concedes conceded " +
		"deny denies denied disclose discloses disclosed estimate estimates estimated estimating emphasise emphasised emphasize emphasized explain explains explained indicate indicates indicated inform informs informed maintain maintains maintained mention mentions mentioned observe observed point points pointed promise promises promised promising " +
		"quote quotes quoted recall recalls recalled recount recounted remark remarks remarked reply replies replied respond responds responded reveal reveals revealed specify specifies specified specifying stress stresses stressed suggest suggests suggested testify testified vow vows vowed vowing put puts believe believes believed think thinks thought feel feels felt consider considers considered accuse accuses accused blame blames blamed evoke evokes evoked evoking describe describes described express expressed predict predicts predicted forecast",
	Adverb:     "also later now then soon still already only just even again yesterday today tomorrow ago far very too once here there never ever always often mostly mainly largely partly nearly almost about approximately roughly around more less most least currently recently previously earlier initially finally meanwhile however moreover reportedly allegedly apparently officially immediately quickly slowly gradually suddenly together alone instead perhaps maybe probably possibly not up down out back away",
	Relative:   "who whom whose which that where when",
	Hedge:      "about approximately around roughly nearly almost some more less over under least most up to fewer than just barely only well at exactly precisely estimated approx circa close as many much between upwards excess minimum maximum bare",
	Stop:       "be have do hold accord cause occur happen place take will would shall should can could may might must say said tell report also just very too so then there here ever get go got give please number figure amount total count quantity many much long old far exact exactly precise official currently now still already time be 's s",
	Quantifier: "many several few all both most some any no none more less enough numerous countless various",
	Ordinal:    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last latest next previous former final earliest",
	Person:     "he she they him her them his their himself herself themselves",
})

func buildClasses(lists map[Class]string) *Table[Class] {
	m := make(map[string]Class, 1200)
	for c, list := range lists {
		for w := range strings.FieldsSeq(list) {
			m[w] |= c
		}
	}
	return NewTable(m)
}

// ClassOf is the classes of a folded word.
func ClassOf(folded string) Class { return classes.Of(folded) }
