package question

func isPlace(string) bool      { return false }
func demonyms(string) []string { return nil }
