package bot

import (
	"context"
	"fmt"
	"time"

	"sourceline/adapters/matrix"
	"sourceline/bot/config"
)

// matrixCommand looks after the bot's account on a Matrix homeserver.
type matrixCommand struct {
	Register registerCommand `cmd:"" help:"Make the bot's account on a homeserver that has a registration shared secret."`
}

// registerTimeout bounds the talk with the homeserver.
const registerTimeout = time.Minute

// registerCommand makes an account. Secrets are named by the environment
// variable or the file that holds them: an argument would stay in the shell's
// history.
type registerCommand struct {
	Homeserver   string `required:"" help:"Address of the homeserver, such as https://matrix.example.org."`
	User         string `required:"" help:"Name of the account: the part of its Matrix ID before the colon."`
	SecretEnv    string `default:"MATRIX_REGISTRATION_SECRET" help:"Environment variable with the registration shared secret (${default})."`
	SecretFile   string `help:"File with the registration shared secret, instead."`
	PasswordEnv  string `default:"MATRIX_PASSWORD" help:"Environment variable with the password that the account gets (${default})."`
	PasswordFile string `help:"File with that password, instead."`
}

// Run makes the account and prints its Matrix ID.
func (c *registerCommand) Run(p *program) error {
	secret, err := needSecret("the registration shared secret", c.SecretEnv, c.SecretFile)
	if err != nil {
		return err
	}
	password, err := needSecret("the password", c.PasswordEnv, c.PasswordFile)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(p, registerTimeout)
	defer cancel()
	id, err := matrix.Register(ctx, c.Homeserver, matrix.Secret(secret), c.User, matrix.Secret(password))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, id)
	return err
}

// needSecret is the secret of the file where one is named, or else of the
// environment variable.
func needSecret(name, env, file string) (string, error) {
	if file != "" {
		env = ""
	}
	return config.NeedSecret(name, env, file)
}
