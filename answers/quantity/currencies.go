package quantity

import "strings"

// currencyTable is the currencies: their ISO 4217 codes, the names by which
// countries tell theirs apart (separated by "/", the first is that of the
// normal form, nothing where the bare noun is), a normal form where it is not
// country and noun, and the noun in all its forms.
const currencyTable = `
USD|/us/u.s./u.s/american/united states|dollar dollars bucks
EUR||euro euros
GBP|british/uk|pound sterling|quid
JPY|japanese/japan|japanese yen|yen
CNY RMB CNH|chinese/china|chinese yuan|yuan yuans renminbi rmb kuai 元
BTC XBT||bitcoin bitcoins
ETH||ether
||satoshi satoshis
||cent cents
||penny pence pennies
||sen
CAD|canadian/canada|dollar dollars
AUD|australian/australia|dollar dollars
NZD|new zealand|dollar dollars
HKD|hong kong|dollar dollars
SGD|singapore/singaporean|dollar dollars
TWD|taiwan/taiwanese|dollar dollars
JMD|jamaican|dollar dollars
BBD|barbados/barbadian|dollar dollars
BSD|bahamian|dollar dollars
BZD|belize|dollar dollars
BMD|bermudian|dollar dollars
BND|brunei|dollar dollars
FJD|fijian|dollar dollars
GYD|guyanese|dollar dollars
KYD|cayman|dollar dollars
LRD|liberian|dollar dollars
NAD|namibian|dollar dollars
SBD|solomon islands|dollar dollars
SRD|surinamese|dollar dollars
TTD|trinidad|dollar dollars
XCD|east caribbean|dollar dollars
ZWL|zimbabwe/zimbabwean|dollar dollars
CHF|swiss|franc francs
|french|franc francs
|belgian|franc francs
|luxembourg|franc francs
XAF XOF|cfa|franc francs
XPF|cfp|franc francs
BIF|burundian|franc francs
CDF|congolese|franc francs
DJF|djiboutian|franc francs
GNF|guinean|franc francs
KMF|comorian|franc francs
RWF|rwandan|franc francs
|irish|pound pounds
EGP|egyptian|pound pounds
LBP|lebanese|pound pounds
SDG|sudanese|pound pounds
SSP|south sudanese|pound pounds
SYP|syrian|pound pounds
CYP|cypriot|pound pounds
MXN|mexican|peso pesos
ARS|argentine/argentinian|peso pesos
CLP|chilean|peso pesos
COP|colombian|peso pesos
CUP|cuban|peso pesos
DOP|dominican|peso pesos
PHP|philippine/filipino|peso pesos
UYU|uruguayan|peso pesos
INR|indian|rupee rupees
LKR|sri lankan|rupee rupees
PKR|pakistani|rupee rupees
NPR|nepalese|rupee rupees
MUR|mauritian|rupee rupees
SCR|seychellois|rupee rupees
IDR|indonesian|rupiah rupiahs
MVR|maldivian|rufiyaa
SEK|swedish|krona kronor kronas
ISK|icelandic|krona kronur
NOK|norwegian|krone kroner
DKK|danish|krone kroner
CZK|czech|koruna korunas
PLN|polish|zloty zlotys
HUF|hungarian|forint forints
RON|romanian|leu lei
MDL|moldovan|leu lei
BGN|bulgarian|lev leva
RSD|serbian|dinar dinars
DZD|algerian|dinar dinars
BHD|bahraini|dinar dinars
IQD|iraqi|dinar dinars
JOD|jordanian|dinar dinars
KWD|kuwaiti|dinar dinars
LYD|libyan|dinar dinars
TND|tunisian|dinar dinars
|yugoslav|dinar dinars
MKD|macedonian|denar denars
RUB|russian|ruble rubles rouble roubles
BYN|belarusian|ruble rubles rouble roubles
|soviet|ruble rubles rouble roubles
UAH|ukrainian|hryvnia hryvnias
GEL|georgian|lari laris
AMD|armenian|dram
AZN|azerbaijani|manat manats
TMT|turkmen|manat manats
KZT||tenge
UZS|uzbek|som soms
KGS|kyrgyz|som soms
TJS|tajik|somoni
MNT|mongolian|tugrik tugriks
TRY|turkish|lira liras
|italian|lira lire
|maltese|lira liras
ILS|israeli|shekel shekels
SAR|saudi/saudi arabian|riyal riyals
QAR|qatari|riyal riyals
YER|yemeni|rial rials
IRR|iranian|rial rials
OMR|omani|rial rials
AED|united arab emirates/emirati/uae|dirham dirhams
MAD|moroccan|dirham dirhams
AFN||afghani afghanis
BDT|bangladeshi|taka takas
THB|thai|baht
VND|vietnamese|dong dongs
LAK|lao|kip kips
KHR|cambodian|riel riels
MMK|myanmar/burmese|kyat kyats
MYR|malaysian|ringgit ringgits
KRW|south korean/korean|won
KPW|north korean|won
MOP||pataca patacas
BTN|bhutanese|ngultrum
PGK|papua new guinean|kina
WST|samoan|tala
TOP|tongan|paanga
VUV|vanuatu|vatu
ZAR|south african|rand rands
BWP|botswana|pula
LSL|lesotho|loti maloti
SZL|swazi|lilangeni emalangeni
MZN|mozambican|metical meticais
AOA|angolan|kwanza kwanzas
ZMW|zambian|kwacha kwachas
MWK|malawian|kwacha kwachas
KES|kenyan|shilling shillings
TZS|tanzanian|shilling shillings
UGX|ugandan|shilling shillings
SOS|somali|shilling shillings
|austrian|schilling schillings
ETB|ethiopian|birr
ERN|eritrean|nakfa
NGN|nigerian|naira nairas
GHS|ghanaian|cedi cedis
GMD|gambian|dalasi dalasis
SLE|sierra leonean|leone leones
MGA|malagasy|ariary
MRU|mauritanian|ouguiya
CVE|cape verdean|escudo escudos
|portuguese|escudo escudos
STN|sao tomean|dobra dobras
BRL|brazilian|real reais
BOB|bolivian|boliviano bolivianos
PEN|peruvian|sol soles
|peruvian|inti intis
PYG|paraguayan|guarani guaranies
VES|venezuelan|bolivar bolivars bolivares
CRC|costa rican|colón colon colones
|salvadoran|colón colon colones
GTQ|guatemalan|quetzal quetzals quetzales
HNL|honduran|lempira lempiras
NIO|nicaraguan|cordoba cordobas
PAB|panamanian|balboa balboas
HTG|haitian|gourde gourdes
AWG|aruban|florin florins
ANG|antillean|guilder guilders
|dutch/netherlands|guilder guilders
|finnish|markka markkas markkaa
DEM|german/deutsche/west german|mark marks
||crown crowns
|spanish|peseta pesetas
||drachma|drachmas
BAM|bosnian|marka
ALL|albanian|lek leks
HRK|croatian|kuna kunas
SKK|slovak|koruna korunas
|estonian|kroon kroons
|latvian|lats
|lithuanian|litas
|ecuadorian|sucre sucres
`

// A currency noun, and what countries make of it.
type currencyNoun struct {
	name       string            // of the bare noun
	byCountry  map[string]string // "hong kong" → "hong kong dollar"
	ambiguous  bool              // a common word too: needs a country or a number of its own before it
	minorUnits bool              // cents, pence
}

var (
	currencyNouns = map[string]*currencyNoun{}
	currencyCodes = map[string]string{} // "usd" → "dollar"
)

// currencySymbols are the signs of currencies.
var currencySymbols = map[string]string{
	"$": "dollar", "£": "pound sterling", "€": "euro", "¥": "japanese yen", "₹": "indian rupee", "₽": "russian ruble",
	"₩": "south korean won", "₪": "israeli shekel", "₫": "vietnamese dong", "₴": "ukrainian hryvnia", "₦": "nigerian naira",
	"₱": "philippine peso", "₡": "costa rican colón", "₾": "georgian lari", "₭": "lao kip", "₮": "mongolian tugrik",
	"₺": "turkish lira", "₲": "paraguayan guarani", "₵": "ghanaian cedi", "₸": "tenge", "₼": "azerbaijani manat",
	"₿": "bitcoin", "฿": "thai baht", "₨": "rupee", "¢": "cent", "元": "chinese yuan", "៛": "cambodian riel", "₣": "franc", "₤": "lira",
}

// dollarPrefixes are what stands before the dollar sign: "C$", "hk $".
var dollarPrefixes = map[string]string{
	"us": "dollar", "u.s": "dollar", "u.s.": "dollar", "usd": "dollar", "c": "canadian dollar", "ca": "canadian dollar", "can": "canadian dollar",
	"cad": "canadian dollar", "a": "australian dollar", "au": "australian dollar", "aus": "australian dollar", "aud": "australian dollar", "nz": "new zealand dollar",
	"nzd": "new zealand dollar", "hk": "hong kong dollar", "hkd": "hong kong dollar", "s": "singapore dollar", "sg": "singapore dollar", "sgd": "singapore dollar",
	"nt": "taiwan dollar", "r": "brazilian real", "mex": "mexican peso", "mxn": "mexican peso", "j": "jamaican dollar", "z": "zimbabwe dollar",
}

// commonCodes are the codes that are read in small letters too.
var commonCodes = map[string]bool{
	"usd": true, "eur": true, "gbp": true, "rmb": true, "btc": true, "mxn": true, "aud": true, "cad": true, "nzd": true, "hkd": true,
	"jpy": true, "cny": true, "inr": true, "chf": true, "sek": true, "nok": true, "dkk": true, "sgd": true, "zar": true, "rub": true,
}

// millionCodes are codes with the million in them: "MUSD".
var millionCodes = map[string]string{"musd": "dollar", "meur": "euro", "mgbp": "pound sterling", "maud": "australian dollar", "mcad": "canadian dollar", "mchf": "swiss franc", "msek": "swedish krona", "mnok": "norwegian krone", "mdkk": "danish krone"}

func init() {
	for line := range strings.FieldsFuncSeq(currencyTable, func(r rune) bool { return r == '\n' }) {
		readCurrency(strings.Split(line, "|"))
	}
	currencyCodes["rs"] = "rupee"
	for _, w := range [...]string{"pound", "pounds"} {
		currencyNouns[w].byCountry["british"], currencyNouns[w].byCountry["uk"] = "pound sterling", "pound sterling"
	}
	currencyNouns["colon"].ambiguous, currencyNouns["real"].ambiguous, currencyNouns["sol"].ambiguous = true, true, true
	for _, w := range [...]string{"won", "all", "mark", "pound", "pounds", "colón", "lei", "som", "lev", "sucre", "pula", "tala", "kina", "ether", "dong", "crown"} {
		if n := currencyNouns[w]; n != nil {
			n.ambiguous = true
		}
	}
	for _, w := range [...]string{"cent", "cents", "penny", "pence", "pennies", "sen"} {
		currencyNouns[w].minorUnits = true
	}
}

// readCurrency takes a row of currencyTable. A row of four fields gives the
// whole normal form in its third.
func readCurrency(field []string) {
	codes, countries, forms := field[0], field[1], strings.Fields(field[len(field)-1])
	noun := forms[0]
	if len(field) == 4 {
		noun = field[2]
	}
	name := noun
	if first, _, _ := strings.Cut(countries, "/"); first != "" && len(field) == 3 {
		name = first + " " + noun
	}
	for code := range strings.FieldsSeq(codes) {
		currencyCodes[strings.ToLower(code)] = name
	}
	for _, form := range forms {
		n := currencyNouns[form]
		if n == nil {
			n = &currencyNoun{name: noun, byCountry: map[string]string{}}
			if bare, ok := bareNames[form]; ok {
				n.name = bare
			}
			currencyNouns[form] = n
		}
		for country := range strings.SplitSeq(countries, "/") {
			if country != "" {
				n.byCountry[country] = name
			}
		}
	}
}

// bareNames are the normal forms of nouns that mean one country's money when
// no country is named.
var bareNames = map[string]string{
	"taka": "bangladeshi taka", "baht": "thai baht", "hryvnia": "ukrainian hryvnia", "zloty": "polish zloty", "forint": "hungarian forint",
	"ringgit": "malaysian ringgit", "naira": "nigerian naira", "shekel": "israeli shekel", "shekels": "israeli shekel", "rupiah": "indonesian rupiah",
}
