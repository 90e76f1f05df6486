package matrix

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/synapseadmin"
)

// Register makes an account for the bot on a homeserver that has a
// registration shared secret (Synapse, Dendrite), and returns its Matrix ID.
// user is the part of the ID before the colon. It does not log in.
func Register(ctx context.Context, homeserver string, sharedSecret Secret, user string, password Secret) (string, error) {
	if user == "" || password == "" {
		return "", errors.New("matrix: register: a user name and a password are needed")
	}
	client, err := newClient(ctx, homeserver, slog.New(slog.DiscardHandler))
	if err != nil {
		return "", err
	}
	admin := &synapseadmin.Client{Client: client}
	resp, err := admin.SharedSecretRegister(ctx, sharedSecret.Reveal(), synapseadmin.ReqSharedSecretRegister{
		Username: user, Password: password.Reveal(), InhibitLogin: true,
	})
	switch {
	case errors.Is(err, mautrix.MUserInUse):
		return "", fmt.Errorf("matrix: register: %q is taken: choose another name, or log in with its password: %w", user, err)
	case errors.Is(err, mautrix.MNotFound), errors.Is(err, mautrix.MUnrecognized):
		return "", fmt.Errorf("matrix: register: %s offers no registration by shared secret: make the account by other means: %w", homeserver, err)
	case err != nil:
		return "", fmt.Errorf("matrix: register %q: %w", user, err)
	}
	return string(resp.UserID), nil
}
