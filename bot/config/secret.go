package config

import (
	"fmt"
	"os"
	"strings"
)

// othersMay are the permission bits that a file with a secret must not have:
// everything of others, and writing by its group. Reading by the group is how
// systemd and container platforms hand secrets over.
const othersMay = 0o027

// Secret reads what a pair of settings names: the file where one is given,
// otherwise the environment variable. Name is what the secret is called in
// errors ("Slack bot token"). It returns "" where neither is set.
func Secret(name, env, file string) (string, error) {
	if file == "" {
		if env == "" {
			return "", nil
		}
		return strings.TrimSpace(os.Getenv(env)), nil
	}
	info, err := os.Stat(file)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s: %s is no regular file", name, file)
	}
	if mode := info.Mode().Perm(); mode&othersMay != 0 {
		return "", fmt.Errorf("%s: %s has mode %04o, so that others can get at it: chmod 600 %s", name, file, mode, file)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	secret := strings.TrimSpace(string(data))
	if secret == "" {
		return "", fmt.Errorf("%s: %s is empty", name, file)
	}
	return secret, nil
}

// NeedSecret is Secret for one that has to be there.
func NeedSecret(name, env, file string) (string, error) {
	secret, err := Secret(name, env, file)
	if err == nil && secret == "" {
		if env == "" {
			return "", fmt.Errorf("%s: no setting names it: set its _env or _file", name)
		}
		return "", fmt.Errorf("%s: the environment variable %s is not set: set it, or name a file in its _file setting", name, env)
	}
	return secret, err
}
