//go:build !goolm

package matrix

import (
	"context"

	"maunium.net/go/mautrix"

	"sourceline/adapters"
)

const canEncrypt = false

// newCipher always fails: this build has no encryption.
func newCipher(context.Context, *Adapter, *mautrix.Client) (cipher, error) {
	return nil, errNoEncryption
}

// checkDevice says what this build lacks.
func checkDevice(context.Context, Config, *mautrix.Client) []adapters.Finding {
	return []adapters.Finding{{Level: adapters.Warning, What: "encryption",
		Text: "this build has none: encrypted rooms are neither read nor written", Mend: "build with -tags goolm"}}
}
