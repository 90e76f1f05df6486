package quantity

import "strings"

// unitTable is the units of measure: kind, normal form, the forms in which
// news writes them. A form with "=" before it is told apart by its capitals;
// one with "~" needs a number in digits before it ("100 t"): it is too short to
// be one otherwise.
const unitTable = `
length|metre|metre meter metres meters mtr ~=m
length|kilometre|kilometre kilometer kilometres kilometers km kms kilometer
length|centimetre|centimetre centimeter centimetres centimeters cm cms
length|millimetre|millimetre millimeter millimetres millimeters mm
length|decimetre|decimetre decimeter decimetres decimeters dm
length|micrometre|micrometre micrometer micrometres micrometers micron microns
length|nanometre|nanometre nanometer nanometres nanometers nm
length|picometre|picometre picometer picometres picometers
length|mile|mile miles mi
length|foot|foot feet ft
length|inch|inch inches
length|yard|yard yards yd yds
length|furlong|furlong furlongs
length|fathom|fathom fathoms
length|light-year|lightyear lightyears
area|acre|acre acres
area|hectare|hectare hectares ha
volume|litre|litre liter litres liters ~l
volume|millilitre|millilitre milliliter millilitres milliliters ml
volume|centilitre|centilitre centiliter centilitres centiliters cl
volume|hectolitre|hectolitre hectoliter hectolitres hectoliters hl
volume|gallon|gallon gallons gal
volume|barrel|barrel barrels bbl
volume|pint|pint pints
volume|quart|quart quarts
volume|bushel|bushel bushels
volume|cubic centimetre|~cc
volume|cup|cup cups
volume|teaspoon|teaspoon teaspoons tsp
volume|tablespoon|tablespoon tablespoons tbsp
weight|kilogram|kilogram kilograms kilogramme kilogrammes kilo kilos kg kgs
weight|gram|gram grams gramme grammes ~=g
weight|milligram|milligram milligrams milligramme milligrammes mg
weight|microgram|microgram micrograms microgramme microgrammes mcg μg
weight|metric ton|tonne tonnes ~=t
weight|ton|ton tons
weight|kiloton|kiloton kilotons
weight|megaton|megaton megatons
weight|pound-mass|lb lbs pound pounds
weight|ounce|ounce ounces oz
weight|quintal|quintal quintals
weight|carat|carat carats
weight|dram|dram drams drachma
speed|mile per hour|mph
speed|kilometre per hour|kph kmh kmph
speed|knot|knot knots
temperature|celsius|celsius celcius centigrade centigrate
temperature|fahrenheit|fahrenheit farenheit
temperature|kelvin|kelvin kelvins
temperature|degree|degree degrees deg °
data|bit|bit bits
data|byte|byte bytes
data|kilobit|kilobit kilobits =Kb =kb
data|megabit|megabit megabits =Mb =mb
data|gigabit|gigabit gigabits =Gb =gb
data|kilobyte|kilobyte kilobytes =KB =kB
data|megabyte|megabyte megabytes =MB
data|gigabyte|gigabyte gigabytes =GB
data|terabyte|terabyte terabytes tb
data|petabyte|petabyte petabytes
data|megabit per second|mbps
data|gigabit per second|gbps
power|watt|watt watts ~=W
power|kilowatt|kilowatt kilowatts kw
power|megawatt|megawatt megawatts mw
power|gigawatt|gigawatt gigawatts gw
power|terawatt|terawatt terawatts tw
power|kilowatt-hour|kwh
power|megawatt-hour|mwh
power|gigawatt-hour|gwh
power|terawatt-hour|twh
power|volt|volt volts ~=V
power|joule|joule joules
power|horsepower|horsepower hp
power|hertz|hertz hz
power|kilohertz|kilohertz khz
power|megahertz|megahertz mhz
power|gigahertz|gigahertz ghz
power|ampere|ampere amperes amp amps
power|calorie|calorie calories kcal
duration|millisecond|millisecond milliseconds ms
duration|second|second seconds sec secs
duration|minute|minute minutes min mins
duration|hour|hour hours hr hrs ~h
duration|day|day days
duration|week|week weeks wk wks
duration|fortnight|fortnight fortnights
duration|month|month months
duration|year|year years yr yrs
duration|decade|decade decades
duration|century|century centuries
duration|millennium|millennium millennia
other|point|point points
other|radian|radian radians rad
other|turn|turn turns
other|decibel|decibel decibels db
other|basis point|bps
other|megapixel|megapixel megapixels
`

// rateUnits are what an amount can be for each of: "$98 a share", "64 cents a
// dozen".
var rateUnits = map[string]string{
	"share": "share", "barrel": "barrel", "gallon": "gallon", "litre": "litre", "liter": "litre", "pound": "pound",
	"ounce": "ounce", "ton": "ton", "tonne": "metric ton", "dozen": "dozen", "person": "person", "head": "head",
	"capita": "person", "unit": "unit", "kilo": "kilogram", "kilogram": "kilogram", "kg": "kilogram", "gram": "gram", "gramme": "gram",
	"km": "kilometre", "kilometre": "kilometre", "kilometer": "kilometre", "mile": "mile", "acre": "acre", "hectare": "hectare",
	"millisecond": "millisecond", "ms": "millisecond", "second": "second", "s": "second", "minute": "minute", "hour": "hour", "hr": "hour", "h": "hour", "day": "day",
	"night": "night", "week": "week", "month": "month", "year": "year", "annum": "year", "head-count": "head",
	"kwh": "kilowatt-hour", "mwh": "megawatt-hour", "metre": "metre", "meter": "metre", "ticket": "ticket", "student": "student", "household": "household",
}

type unitForm struct {
	unit   Unit
	digits bool // only after digits
}

var unitForms, exactForms = readUnits(unitTable)

// readUnits reads unitTable into forms compared folded and forms compared as
// written.
func readUnits(table string) (folded, exact map[string]unitForm) {
	folded, exact = map[string]unitForm{}, map[string]unitForm{}
	for line := range strings.FieldsFuncSeq(table, func(r rune) bool { return r == '\n' }) {
		field := strings.Split(line, "|")
		for form := range strings.FieldsSeq(field[2]) {
			u := unitForm{unit: Unit{Kind: UnitKind(field[0]), Name: field[1]}}
			form, u.digits = strings.CutPrefix(form, "~")
			if form, ok := strings.CutPrefix(form, "="); ok {
				exact[form] = u
			} else {
				folded[form] = u
			}
		}
	}
	return folded, exact
}
