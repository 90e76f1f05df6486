package extract

import "sourceline/answers/english"

// The words by which English news says who says something. All are folded.
var (
	// saysPast, saysNow and saysing are the forms of the verbs of saying.
	saysPast = english.NewSet(`said told added announced declared insisted assured certified warned wrote tweeted noted acknowledged affirmed
		admitted alleged argued asserted claimed commented conceded confirmed denied disclosed emphasised emphasized
		explained informed maintained mentioned observed pledged posted predicted proclaimed promised reaffirmed reckoned
		recounted reiterated remarked replied reported responded retorted revealed specified stated stipulated stressed
		suggested testified vowed underlined underscored estimated believed felt thought considered complained boasted
		cautioned clarified lamented recalled accused blamed advised concluded contended pointed indicated showed
		evoked rejected dismissed relayed broadcast hinted speculated figured calculated counted recorded forecast`)
	saysNow = english.NewSet(`says tells adds announces declares insists assures certifies warns writes notes acknowledges admits
		alleges argues asserts claims comments concedes confirms denies discloses emphasises emphasizes explains
		maintains mentions predicts promises reiterates replies reports responds reveals states stresses suggests
		testifies vows estimates believes thinks feels considers accuses blames contends indicates shows puts
		say tell add announce declare insist warn note acknowledge admit allege argue assert claim concede confirm deny
		estimate maintain mention predict report reveal state stress suggest vow believe think accuse blame indicate
		show contend fear`)
	saysing = english.NewSet(`saying telling adding announcing declaring insisting assuring warning writing noting acknowledging
		admitting alleging arguing asserting claiming confirming denying emphasising emphasizing explaining estimating
		maintaining mentioning predicting promising reiterating reporting revealing specifying stating stressing
		suggesting vowing underlining underscoring evoking recalling pointing indicating showing affirming believing`)

	// cueWords are the words at which a cue may be read.
	cueWords = english.Union(saysPast, saysNow, saysing, english.NewSet("according citing quoting by put puts putting gave gives given"), revising, counting)

	// revising verbs give a figure a new value: "lowered its count to 29".
	revising = english.NewSet(`lowered lowers raised raises cut cuts revised revises reduced reduces increased increases corrected corrects
		updated updates halved halves doubled doubles`)

	// counting verbs tell a figure of their own: "the office counts 40 dead".
	counting = english.NewSet(`counts counted recorded registered`)

	// nounsToo are forms of them that are mostly nouns: a subject has to stand
	// right before and a clause after.
	nounsToo = english.NewSet(`thought thinks think believed believes believe reports claims notes states comments promises estimates report claim note state estimate vow show
		shows puts fear forecast broadcast mention add`)

	// needClause do not speak of saying unless "that" or a quotation follows,
	// or nothing does: "the hospital admitted 50 patients".
	needClause = english.NewSet(`recalling added adds add maintained maintains maintain observed posted recalled admitted admits admit
		responded responds replied replies felt feels considered considers
		commented comments remarked found held wrote writes counted recorded figured concluded advised pointed state
		states mention note notes fear shows showed show indicated indicates indicate contended recounted explained
		assured assures calculated suggested suggests suggest stressed informed cautioned complained argued argues
		reaffirmed clarified rejected dismissed broadcast forecast relayed declared declares declare`)

	// telling verbs take who is told before what is told.
	telling = english.NewSet(`told tell tells telling informed informing assured assuring warned warning advised reminded accused
		accuses accuse blamed blames blame`)

	// dataHeads are things that show or indicate something.
	dataHeads = english.NewSet(`figures data statistics numbers records report reports study survey poll polls documents results
		images footage count tally census estimates estimate analysis assessment investigation inquiry indices index
		research toll findings sheet update bulletin records record figure surveys studies projections tallies`)

	// contrasts begin a clause that the speaker of the one before need not
	// have said.
	contrasts = english.NewSet(`but while whereas although though however yet meanwhile`)

	// reportedBy are participles that "by" and a speaker may follow.
	reportedBy = english.NewSet(`reported announced confirmed given quoted cited provided released published compiled estimated
		recorded issued disclosed announced carried monitored broadcast stated claimed made put verified`)

	// sources are what "according to" may name besides those who speak.
	sources = english.NewSet(`constitution law laws agreement treaty dictionary calculation calculations testimony version versions
		autopsy autopsies legend tradition rumor rumors rumour rumours article articles account accounts affidavit
		charges decree text texts transcript lawsuit projection forecast forecasts ranking rankings insider insiders
		announcement information intelligence news press papers archive archives guidelines website websites page diary memoir memoirs biography lore`)

	// tollWords are what "put" is said of: "put the toll at 46".
	tollWords = english.NewSet(`toll number figure figures total count tally cost damage losses loss casualties dead deaths injured
		wounded turnout estimate losses value price amount share probability magnitude strength size crowd attendance`)
)
