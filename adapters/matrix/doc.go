// Package matrix connects the bot to a Matrix homeserver, encrypted rooms
// included.
//
// What comes in: one loop syncs, hands every event that may concern the bot
// to the inbox and only then stores the sync token, so that a crash leads to a
// second delivery and never to a loss. Where the server cut a timeline short
// the gap is read back to an event that is already known. What cannot be
// decrypted yet is kept until its key arrives.
//
// What goes out: notices with an explicit, empty list of mentions, sent under
// a transaction ID that is made from the key of the answer. An event is only
// sent in the clear after the server said that its room is not encrypted.
//
// Encryption needs the build tag goolm (pure Go, no cgo). A build without it
// works in unencrypted rooms, says at the start what it lacks, and refuses to
// write into encrypted rooms.
package matrix
