package extract

import "sourceline/answers/english"

// The nouns of English by which names are told apart. All are folded words.
var (
	// orgHeads end the name of an organisation: "Ministry", "Inc".
	orgHeads = english.NewSet(`ministry council party university inc corp corporation company co ltd plc llc gmbh ag sa organization
		organisation agency committee commission bank union league association federation foundation institute institution
		college school academy society group court parliament senate congress assembly cabinet government administration
		authority department bureau office service services police army navy force forces guard brigade battalion regiment
		division corps command front movement alliance coalition confederation club team fc times post news press journal
		herald tribune television tv radio network broadcasting media airlines airways church hospital museum observatory
		laboratory center centre fund trust chamber board tribunal embassy consulate secretariat directorate legislature
		industries motors technologies systems holdings partners studios entertainment watch fleet squadron garrison
		militia cartel syndicate cooperative conference bloc caucus inspectorate ombudsman treasury presidency
		politburo faculty orchestra clinic library gazette telegraph daily weekly magazine reserve intelligence initiative
		convention mission house international cross crescent nations survey interpol nato union unions`)

	// placeHeads end the name of a place: "River", "Square".
	placeHeads = english.NewSet(`river lake sea ocean bay gulf island islands mountain mountains valley desert city town village
		county province region district territory street avenue road boulevard highway square bridge airport station park
		hill hills palace tower stadium port harbour harbor beach canal peninsula strait coast forest republic kingdom
		neighborhood neighbourhood municipality canton jurisdiction stream volcano farm prison camp cemetery cathedral
		mosque monastery temple castle fort dam reservoir glacier crater basin delta oblast voivodeship prefecture
		suburb plaza emirate sultanate base`)

	// ofHeads take "of …" into the name: "Ministry of Health", "Gulf of Aden".
	ofHeads = english.NewSet(`ministry department bank university house council organization organisation association institute
		republic kingdom court church academy office bureau union league federation chamber board commission committee
		party army front movement state city gulf bay sea cape isle isles strait province college school society state
		bishopric diocese archdiocese states centers centres center centre congress conference assembly agency group
		alliance confederation faculty hall tower palace battle treaty declaration lords commons museum ship
		corps community commonwealth duchy emirate knights order sons daughters doctors friends tower ministries fund
		general secretariat directorate district municipality port port-of`)

	// andHeads take "and …" after "of": "Ministry of Health and Welfare".
	andHeads = english.NewSet(`ministry department office committee organization organisation institute faculty bureau commission
		agency board association chamber school directorate secretariat`)

	// topics say what part of a government, or which of its bodies, is meant:
	// with a head such as "ministry" they make a name even in lower case.
	topics = english.NewSet(`health interior foreign defence defense finance financial economy economic justice agriculture energy
		environment environmental culture labor labour transport transportation trade industry tourism information
		emergency emergencies security national public state social education science digital communications home internal
		external affairs central supreme constitutional electoral election federal general human rights development
		planning housing water forestry fisheries mines mining oil petroleum welfare sports youth women veterans treasury
		commerce immigration customs tax intelligence civil aviation meteorological geological statistics census weather
		counter-terrorism antiterrorism prosecution investigative investigation police military naval air appeals high
		regional provincial municipal local royal international world global united joint protection space nuclear
		atomic drug food disease control prevention relief rescue search disaster management`)

	// orgModifiers stand inside an organisation's name besides topics; only
	// text without lower case needs them.
	orgModifiers = english.NewSet(`armed forces press national liberation popular people peoples revolutionary democratic
		christian socialist communist liberal conservative republican nationalist progressive independent patriotic
		workers farmers peasant peasants student students teachers women youth catholic islamic muslim jewish christian
		special elite first second third fourth fifth infantry artillery armored mechanized engineer engineers
		counterinsurgency guerrilla insurgent commando commandos unit units mobile urban rural metropolitan
		new free united american inter peace truth justice reconstruction unity integration action salvation
		renewal resistance army navy air bank court police news broadcasting bureau agency`)

	// governmentHeads are bodies that every country has: a country before one
	// of them is not part of its name.
	governmentHeads = english.NewSet(`ministry army navy parliament government embassy police senate cabinet presidency force forces
		court bank council committee department consulate treasury service services agency legislature military`)

	// lowerHeads make a name in lower case after a topic: "health ministry".
	lowerHeads = english.NewSet(`ministry department agency committee council court commission bank office bureau authority`)

	// weakTopics make no name of a head in lower case by themselves: "local
	// council" is any council.
	weakTopics = english.NewSet(`local regional provincial municipal public state social international world global joint police
		national general federal united management high food home military drug`)

	// titles stand before a name in capitals or lower case, beside
	// english.Honorific.
	titles = english.NewSet(`minister prime vice chief head secretary officer presidency counterpart king queen pope saint
		colonel-general lieutenant-general vice-president president-elect ex-president sgt cpl pfc cmdr msgr monsignor
		don dona señor señora senor senora dom comandante rev reverend fr archduke duke duchess count countess baron
		adm gov brig pvt supt insp det amb atty pres baroness earl crown warden constable councillor councilman alderman assemblyman congressman`)

	// titleModifiers stand before a title and belong to it: "Deputy Foreign
	// Minister", "former president", "ex-".
	titleModifiers = english.NewSet(`former ex acting interim late then current incumbent exiled opposition prime vice deputy senior
		top veteran first second chief outgoing incoming newly elected jailed ousted deposed detained retired ruling
		executive supreme grand crown lead associate assistant under permanent special honorary longtime long-time
		co lieutenant major brigadier rear lance staff prominent leading influential government army navy party state
		presidential political religious spiritual military rebel guerrilla student union team campaign company church
		press media human rights civil labor labour peasant indigenous tribal community fellow junior founding managing
		wing far right left fire rescue acting health interior police security intelligence club national state`)

	// roles are what a person can be besides english.Honorific and titles;
	// they may stand before a name in lower case or be its apposition.
	roles = english.NewSet(`counterpart minister chief head officer businessman businesswoman journalist reporter
		correspondent editor writer author poet novelist singer musician actor actress director filmmaker artist
		painter architect scientist professor researcher expert historian economist philosopher engineer doctor surgeon
		nurse teacher student pupil resident witness survivor victim suspect gunman attacker brother sister son daughter
		wife husband widow father mother uncle aunt cousin nephew niece grandson granddaughter friend neighbour neighbor
		colleague partner candidate lawmaker politician diplomat billionaire millionaire tycoon oligarch magnate dictator
		ruler activist critic dissident opponent rival ally aide adviser advisor assistant pilot driver farmer
		fisherman worker trader shopkeeper owner employee footballer player striker goalkeeper captain midfielder
		defender champion athlete swimmer runner boxer cyclist coach referee rapper composer pianist guitarist
		comedian presenter broadcaster anchor blogger influencer youtuber streamer designer model chef priest bishop
		cleric monk nun imam preacher rabbi commander fighter warlord militant terrorist leader spy agent soldier
		general veteran sergeant colonel lawyer prosecutor judge magistrate attorney barrister solicitor spokesman
		spokeswoman spokesperson seismologist geologist meteorologist epidemiologist virologist analyst strategist
		pollster banker investor broker trader manager executive founder co-founder cofounder chairman chairwoman
		chair president premier chancellor governor mayor prefect sheriff coroner warden senator congressman deputy envoy ambassador secretary
		successor predecessor mastermind drug-lord kingpin boss legend star guru tourist hiker climber nominee delegate
		strongman organiser organizer coordinator campaigner whistleblower hacker physicist chemist biologist
		mathematician astronomer astronaut cosmonaut inventor explorer`)

	// weakRoles are roles that in lower case before a name are mostly
	// something else: "in general, ...", "a major Ukrainian city".
	weakRoles = english.NewSet(`major private general vice prime father mother king queen crown count don dom earl star head host
		victim deputy model anchor agent employee worker judge saint rebel right left first state chair secretary
		justice father sister brother cook captain legend`)

	// weakGiven are given names that are words as often: another word behind
	// one makes no person ("Park Row", "Grace Period").
	weakGiven = english.NewSet(`park sun moon will grace rose ban so ho wen mar may april june august victoria virginia florence
		charlotte austin jordan chad christian major guy rich faith hope joy summer autumn dawn iris ivy lily daisy ruby
		pearl amber jade ray art drew mark bill jack frank dean earl duke miles grant pierce lance rod gene max`)

	// bodies are speakers in lower case that are neither persons nor names.
	bodies = english.NewSet(`police authorities authority officials official government ministry army navy military hospital hospitals
		media television radio station channel agency agencies newspaper newspapers daily report reports statement figures
		data statistics witness witnesses source sources resident residents doctors medics rescuers responders union unions
		parliament court prosecutors investigators organisers organizers activists analysts experts scientists researchers
		company firm operator airline bank department office bureau committee commission council spokesman spokeswoman
		spokesperson president minister leader chief mayor prefect sheriff coroner governor leaders ministers lawmakers lawyers relatives survivors
		protesters demonstrators rebels militants fighters group groups opposition party campaign coalition regime
		administration organisation organization charity broadcaster network press outlets outlet monitors monitor
		observers observer union study survey poll document documents communique release bulletin letter email message
		tweet website post video note forces troops soldiers guerrillas command garrison brigade battalion unit
		kremlin pentagon embassy town municipality state city country presidency palace economists firefighters
		paramedics coroner coroners geologists seismologists meteorologists forecasters service services team teams
		villagers locals neighbours neighbors passengers workers teachers employees staff people man woman men women
		boy girl student students victim victims fisherman farmer farmers shopkeeper owner owners family families
		everyone one some many others few most critics supporters opponents diplomats diplomat delegates insiders
		paper magazine journal book film documentary census indictment verdict ruling filing complaint investigation
		inquiry probe tally count toll estimates estimate numbers results sheet assessment analysis update dispatch
		commander commanders general clergy church mosque institute university school federation association league
		guard guards coastguard tribunal prosecution defence defense prosecutor judge judges detective detectives
		agents agent crew crews officers officer hospitals clinic clinics ambulance labour democrats republicans conservatives
		tories liberals greens backbencher backbenchers insurgents separatists seniors`)

	// acronyms that name no body: never typed as an organisation.
	plainAcronyms = english.NewSet(`ok tv am pm id dna rna ceo cfo cto mp mps pm gdp hiv aids vip ngo ngos ied ieds suv gps pdf faq
		dvd cd pc it ai usb lgbt lgbtq covid sars mers ptsd wwi wwii ii iii iv vi vii viii ix xi xii jr sr phd md ad bc
		bce gmt utc cet est edt mph kph km kg fbis text report passage continued begin end video excerpts omitted`)

	// nameParticles may stand in lower case inside a person's or a place's name.
	nameParticles = english.NewSet(`de la del della di da das dos do du des le van von der den ter ten bin ibn bint ben al el y e ul ud ad
		as ash an zu zum zur af av op`)
)
