//go:build goolm

package matrix

import (
	"context"
	"errors"
	"fmt"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/crypto"
	"maunium.net/go/mautrix/crypto/ssss"
	"maunium.net/go/mautrix/crypto/utils"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// sign makes sure that the device is signed by its account: with the account's
// keys out of its secret storage, or with new ones where it has none.
func (m *machine) sign(ctx context.Context) error {
	signed, owned, err := isSigned(ctx, m.client)
	if err != nil {
		return err
	}
	if signed {
		return m.moveStorage(ctx)
	}
	key, err := m.recoveryKey(ctx)
	if err != nil {
		return err
	}
	if owned {
		if key == "" {
			return errors.New("the account has signing keys, and no recovery key is set to fetch them with: set it")
		}
		return m.signWith(ctx, key)
	}
	return m.makeSigningKeys(ctx, key)
}

// isSigned asks the homeserver whether the client's device is signed by the
// account's self-signing key, and whether the account has one.
func isSigned(ctx context.Context, client *mautrix.Client) (signed, owned bool, err error) {
	me := client.UserID
	resp, err := client.QueryKeys(ctx, &mautrix.ReqQueryKeys{DeviceKeys: map[id.UserID]mautrix.DeviceIDList{me: {}}})
	if err != nil {
		return false, false, fmt.Errorf("ask for the account's signing keys: %w", err)
	}
	if _, owned = resp.MasterKeys[me]; !owned {
		return false, false, nil
	}
	self, ok := resp.SelfSigningKeys[me]
	if !ok {
		return false, true, nil
	}
	device := resp.DeviceKeys[me][client.DeviceID]
	_, signed = device.Signatures[me][id.NewKeyID(id.KeyAlgorithmEd25519, self.FirstKey().String())]
	return signed, true, nil
}

// recoveryKey is the one of the settings, or the one made at the first start;
// "" where there is neither.
func (m *machine) recoveryKey(ctx context.Context) (string, error) {
	if key := m.a.cfg.RecoveryKey.Reveal(); key != "" {
		return key, nil
	}
	key, err := m.a.store.Get(ctx, madeKey(m.client.UserID))
	if errors.Is(err, adapters.ErrNotFound) {
		return "", nil
	}
	return string(key), err
}

// signWith takes the signing keys out of the secret storage and signs the
// device.
func (m *machine) signWith(ctx context.Context, recovery string) error {
	key, err := openStorage(ctx, m.olm.SSSS, recovery)
	if err != nil {
		return err
	}
	if err := m.olm.FetchCrossSigningKeysFromSSSS(ctx, key); err != nil {
		return fmt.Errorf("fetch the signing keys: %w", err)
	}
	return m.signDevice(ctx)
}

// openStorage opens the account's secret storage with a recovery key or a
// passphrase.
func openStorage(ctx context.Context, storage *ssss.Machine, recovery string) (*ssss.Key, error) {
	keyID, data, err := storage.GetDefaultKeyData(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the account's secret storage: %w", err)
	}
	key, err := data.VerifyRecoveryKey(keyID, recovery)
	if errors.Is(err, ssss.ErrInvalidRecoveryKey) && data.Passphrase != nil {
		key, err = data.VerifyPassphrase(keyID, recovery)
	}
	if err != nil && !errors.Is(err, ssss.ErrUnverifiableKey) {
		return nil, fmt.Errorf("the recovery key does not open the account's secret storage: set the right one: %w", err)
	}
	return key, nil
}

// moveStorage puts the signing keys into a storage that the recovery key of
// the settings opens, in case they lie in one that was made with a key of our
// own.
func (m *machine) moveStorage(ctx context.Context) error {
	made, err := m.a.store.Get(ctx, madeKey(m.client.UserID))
	set := m.a.cfg.RecoveryKey.Reveal()
	if errors.Is(err, adapters.ErrNotFound) || set == "" || set == string(made) {
		return nil
	}
	if err != nil {
		return err
	}
	old, err := openStorage(ctx, m.olm.SSSS, string(made))
	if err != nil {
		return err
	}
	if err := m.olm.FetchCrossSigningKeysFromSSSS(ctx, old); err != nil {
		return fmt.Errorf("fetch the signing keys: %w", err)
	}
	storage, err := storageKey(set)
	if err != nil {
		return err
	}
	if err := m.fillStorage(ctx, storage, m.olm.CrossSigningKeys); err != nil {
		return err
	}
	return m.a.store.Delete(ctx, madeKey(m.client.UserID))
}

// fillStorage makes a secret storage with the signing keys in it and makes it
// the account's own.
func (m *machine) fillStorage(ctx context.Context, storage *ssss.Key, keys *crypto.CrossSigningKeysCache) error {
	if err := m.olm.SSSS.SetKeyData(ctx, storage.ID, storage.Metadata); err != nil {
		return fmt.Errorf("make a secret storage: %w", err)
	}
	if err := m.olm.UploadCrossSigningKeysToSSSS(ctx, storage, keys); err != nil {
		return fmt.Errorf("store the signing keys: %w", err)
	}
	if err := m.olm.SSSS.SetDefaultKeyID(ctx, storage.ID); err != nil {
		return fmt.Errorf("make the secret storage the default: %w", err)
	}
	return nil
}

// signDevice signs the device and, with it, the account's master key.
func (m *machine) signDevice(ctx context.Context) error {
	if err := m.olm.SignOwnDevice(ctx, m.olm.OwnIdentity()); err != nil {
		return fmt.Errorf("sign the device: %w", err)
	}
	if err := m.olm.SignOwnMasterKey(ctx); err != nil {
		return fmt.Errorf("sign the master key: %w", err)
	}
	return nil
}

// makeSigningKeys gives the account signing keys and puts them into a new
// secret storage that recovery opens. Without one it makes a recovery key and
// keeps it in the store, before the homeserver learns anything.
func (m *machine) makeSigningKeys(ctx context.Context, recovery string) error {
	storage, err := storageKey(recovery)
	if err != nil {
		return fmt.Errorf("make a recovery key: %w", err)
	}
	if recovery == "" {
		if err := m.a.store.Put(ctx, madeKey(m.client.UserID), []byte(storage.RecoveryKey())); err != nil {
			return fmt.Errorf("keep the new recovery key: %w", err)
		}
	}
	keys, err := m.olm.GenerateCrossSigningKeys()
	if err != nil {
		return err
	}
	if err := m.fillStorage(ctx, storage, keys); err != nil {
		return err
	}
	if err := m.olm.PublishCrossSigningKeys(ctx, keys, m.authenticate); err != nil {
		return fmt.Errorf("publish the signing keys (the homeserver may want the password for that): %w", err)
	}
	return m.signDevice(ctx)
}

// storageKey turns a recovery key or a passphrase into the key of a secret
// storage; "" makes a new one.
func storageKey(recovery string) (*ssss.Key, error) {
	if raw := utils.DecodeBase58RecoveryKey(recovery); raw != nil {
		return ssss.WrapKey(raw, nil)
	}
	return ssss.NewKey(recovery)
}

// authenticate answers the homeserver's question whether it is really us.
func (m *machine) authenticate(ui *mautrix.RespUserInteractive) any {
	return &mautrix.ReqUIAuthLogin{
		BaseAuthData: mautrix.BaseAuthData{Type: mautrix.AuthTypePassword, Session: ui.Session},
		User:         m.client.UserID.String(),
		Password:     m.a.cfg.Password.Reveal(),
	}
}

const canEncrypt = true

// checkDevice says whether the device is signed and the recovery key right.
func checkDevice(ctx context.Context, cfg Config, client *mautrix.Client) []adapters.Finding {
	signed, _, err := isSigned(ctx, client)
	device := adapters.Finding{Level: adapters.OK, What: "device", Text: string(client.DeviceID) + " is signed by its account"}
	switch {
	case err != nil:
		device = adapters.Finding{Level: adapters.Failure, What: "device", Text: err.Error(), Mend: "see whether the homeserver answers /keys/query"}
	case !signed:
		device.Level, device.Text = adapters.Failure, string(client.DeviceID)+" is not signed: people whose apps exclude unsigned devices cannot read the bot"
		device.Mend = "set the account's recovery key and start again; a new account also needs its password once"
	}
	return []adapters.Finding{device, checkRecovery(ctx, cfg, client)}
}

func checkRecovery(ctx context.Context, cfg Config, client *mautrix.Client) adapters.Finding {
	f := adapters.Finding{Level: adapters.OK, What: "recovery key", Text: "opens the account's secret storage"}
	key := cfg.RecoveryKey.Reveal()
	if key == "" {
		f.Level = adapters.Warning
		f.Text = "not set; after a loss of the database the bot's new device could not be signed"
		f.Mend = "set a long random text as the recovery key and start again while the database is there"
		return f
	}
	if _, err := openStorage(ctx, ssss.NewSSSSMachine(client), key); err != nil {
		f.Level, f.Text = adapters.Failure, err.Error()
		f.Mend = "set the recovery key that the account was set up with; a new account also needs its password once"
	}
	return f
}
