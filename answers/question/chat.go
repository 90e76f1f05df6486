package question

// chatSpelling is how people type in a chat. It applies to whole words that
// are no words of English themselves.
var chatSpelling = map[string]string{
	"hw": "how", "hwo": "how", "hoe": "how", "mny": "many", "meny": "many", "mani": "many", "ppl": "people", "pple": "people", "peeps": "people",
	"wat": "what", "wht": "what", "whta": "what", "wha": "what", "whts": "what", "wats": "what", "whn": "when", "wen": "when", "whr": "where",
	"wy": "why", "whi": "why", "hu": "who", "woh": "who", "wo": "who", "wil": "will", "u": "you", "ur": "your", "r": "are", "y": "why", "n": "and", "pls": "please",
	"plz": "please", "thx": "thanks", "ty": "thanks", "abt": "about", "bout": "about", "b4": "before", "btw": "between", "btwn": "between",
	"govt": "government", "gov": "government", "gvt": "government", "govts": "governments", "mins": "minutes", "hrs": "hours", "yrs": "years",
	"wks": "weeks", "mths": "months", "pct": "percent", "perc": "percent", "no.": "number", "num": "number", "nr": "number", "amt": "amount",
	"approx": "about", "int'l": "international", "intl": "international", "mil": "military", "min": "minister", "dept": "department",
	"pres": "president", "prez": "president", "pm": "minister", "econ": "economic", "cos": "because", "cuz": "because", "tho": "though",
	"didnt": "didn't", "doesnt": "doesn't", "isnt": "isn't", "wasnt": "wasn't", "arent": "aren't", "werent": "weren't", "dont": "don't",
	"whats": "what", "whos": "who", "wheres": "where", "whens": "when", "hows": "how", "whys": "why", "teh": "the", "hte": "the", "adn": "and",
	"wer": "were", "wre": "were", "wre.": "were", "hav": "have", "hv": "have", "bin": "been", "tot": "total", "dmg": "damage", "dmgs": "damages",
	"evac": "evacuated", "casualities": "casualties", "vs": "versus", "w": "with", "w/": "with", "thru": "through", "info": "information",
	"deth": "death", "deths": "deaths", "tol": "toll", "ded": "dead", "kild": "killed", "arested": "arrested",
	"im": "i'm", "ive": "i've", "wanna": "want", "gonna": "going", "lemme": "let", "gimme": "give", "k": "ok", "kk": "ok",
}

// greetings are whole messages that ask nothing.
var greetings = map[string]bool{
	"hello": true, "hi": true, "hey": true, "hallo": true, "hiya": true, "yo": true, "good morning": true, "good evening": true,
	"good afternoon": true, "good day": true, "morning": true, "thanks": true, "thank you": true, "thx": true, "ty": true, "cheers": true,
	"bye": true, "goodbye": true, "ok": true, "okay": true, "great": true, "nice": true, "cool": true, "perfect": true, "hello there": true,
	"hi there": true, "hey there": true, "thanks a lot": true, "many thanks": true, "thank you very much": true, "good bot": true, "lol": true,
	"how are you": true, "how are you doing": true, "how are you today": true, "whats up": true, "what's up": true, "sup": true, "test": true, "ping": true,
}

// opening words that say nothing about what is asked; the longest first.
var openings = [][]string{
	{"can", "you", "please", "tell", "me"}, {"could", "you", "please", "tell", "me"}, {"would", "you", "please", "tell", "me"},
	{"can", "you", "tell", "me"}, {"could", "you", "tell", "me"}, {"would", "you", "tell", "me"}, {"can", "you", "tell", "us"}, {"could", "you", "tell", "us"},
	{"do", "you", "know"}, {"do", "we", "know"}, {"i", "would", "like", "to", "know"}, {"i", "want", "to", "know"}, {"we", "need", "to", "know"}, {"i", "need", "to", "know"},
	{"any", "idea"}, {"any", "word", "on"}, {"please", "tell", "me"}, {"tell", "me"}, {"tell", "us"}, {"remind", "me"}, {"quick", "question"}, {"show", "me"}, {"give", "me"},
	{"does", "anyone", "know"}, {"does", "anybody", "know"}, {"anyone", "know"}, {"is", "it", "known"}, {"please"}, {"hey"}, {"hi"}, {"hello"}, {"so"}, {"um"}, {"well"}, {"ok"}, {"okay"}, {"now"}, {"sorry"},
}

// additions open a question that goes on from the one before.
var additions = [][]string{{"and", "what", "about"}, {"and", "how", "about"}, {"what", "about"}, {"how", "about"}, {"and"}, {"but"}, {"or"}}
