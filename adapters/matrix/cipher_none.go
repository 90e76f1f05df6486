//go:build !goolm

package matrix

import (
	"context"

	"maunium.net/go/mautrix"
)

// newCipher always fails: this build has no encryption.
func newCipher(context.Context, *Adapter, *mautrix.Client) (cipher, error) {
	return nil, errNoEncryption
}
