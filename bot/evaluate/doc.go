// Package evaluate asks the questions of a file and scores the answers.
//
// A question file has one row a line (JSON). Three kinds of row are known:
//
//   - with figures and must_quote: the figure and the lines that a good
//     answer shows;
//   - with answers (and perhaps wrong_answers): short texts that answer,
//     scored as SQuAD does by exact match, token F1 and numeric equality;
//   - with text and quantities: what the extractor should find in a text.
package evaluate
