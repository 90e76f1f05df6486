package bench

import "strings"

// longest is the most characters that a question may have.
const longest = 2000

// Adversarial are questions that cost as much as a question can.
func Adversarial() []Question {
	return []Question{
		{"long", repeated("how many people were killed and injured when police arrested workers in the capital after the storm hit villages and the ministry said soldiers rescued children ")},
		{"stop words", repeated("what is the of and to in that was for on with as by at from and it which were are who ")},
		{"misspelt", repeated("hwo mnay poeple wree kileld injrued arestted wnouded misisng rescuedd evacauted detaind reporetd minsitry goverment presidnt soliders poilce offical hosptial ")},
		{"one word", repeated("people ")},
		{"one misspelt word", repeated("govermnent ")},
		{"names", repeated("Lombardor Kelanski Venartara Palisridge Rosorlund Harunton Trealbeck Dariamere Gronunholm Wenisvik ")},
	}
}

// repeated fills a question with the words.
func repeated(words string) string {
	text := strings.Repeat(words, longest/len(words)+1)
	text = text[:longest-1]
	return text[:strings.LastIndexByte(text, ' ')] + "?"
}
