// Package matrixtest runs a real homeserver for tests, and people who talk to
// the bot on it.
package matrixtest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/synapseadmin"
)

// Bins is the environment variable that names the folder with the programs
// dendrite and generate-keys.
const Bins = "SOURCELINE_DENDRITE"

// What every test server is set up with.
const (
	SharedSecret = "registration-secret-of-the-tests"
	Password     = "a password for the tests"
	ServerName   = "localhost"
)

// startTime is how long a homeserver may take to come up.
const startTime = 60 * time.Second

// A Server is a Dendrite on the loopback with its databases in a folder of
// the test's own.
type Server struct {
	URL string

	dir, bins string
	cmd       *exec.Cmd
	mu        sync.Mutex
}

// Start starts a homeserver, which ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := Launch(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// Launch starts a homeserver that keeps everything in dir.
func Launch(dir string) (*Server, error) {
	bins := os.Getenv(Bins)
	if bins == "" {
		return nil, fmt.Errorf("%s is not set: .ci/matrix builds the homeserver and runs these tests", Bins)
	}
	s := &Server{dir: dir, bins: bins}
	keys := exec.Command(filepath.Join(bins, "generate-keys"), "--private-key", "matrix_key.pem")
	keys.Dir = dir
	if out, err := keys.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("generate-keys: %w\n%s", err, out)
	}
	if err := os.WriteFile(filepath.Join(dir, "dendrite.yaml"), []byte(settings), 0o600); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s.URL = "http://" + port
	return s, s.Resume()
}

// Resume starts the homeserver again after Stop.
func (s *Server) Resume() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	log, err := os.OpenFile(s.Log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd = exec.Command(filepath.Join(s.bins, "dendrite"), "-config", "dendrite.yaml", "-http-bind-address", s.URL[len("http://"):])
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = s.dir, log, log
	s.cmd.SysProcAttr = dieWithParent()
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start dendrite: %w", err)
	}
	for end := time.Now().Add(startTime); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		resp, err := http.Get(s.URL + "/_matrix/client/versions")
		if err != nil {
			continue
		}
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("dendrite did not come up within %v; see %s", startTime, log.Name())
}

// Log is the file that the homeserver logs to.
func (s *Server) Log() string { return filepath.Join(s.dir, "dendrite.log") }

// Stop ends the homeserver in an orderly way and waits for it.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	ended := make(chan struct{})
	go func() { _ = s.cmd.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		_ = s.cmd.Process.Kill()
		<-ended
	}
	s.cmd = nil
}

// Register makes an account and returns a client that is logged in to it.
func (s *Server) Register(ctx context.Context, user string) (*mautrix.Client, error) {
	client, err := mautrix.NewClient(s.URL, "", "")
	if err != nil {
		return nil, err
	}
	client.Client = &http.Client{Timeout: time.Minute}
	admin := &synapseadmin.Client{Client: client}
	resp, err := admin.SharedSecretRegister(ctx, SharedSecret, synapseadmin.ReqSharedSecretRegister{Username: user, Password: Password})
	if err != nil {
		return nil, fmt.Errorf("register %s: %w", user, err)
	}
	client.UserID, client.DeviceID, client.AccessToken = resp.UserID, resp.DeviceID, resp.AccessToken
	return client, nil
}

// freePort returns an address on the loopback that nobody listens on.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// settings of the homeserver: no federation, one SQLite file a component,
// queues on disk so that a restart loses nothing.
const settings = `version: 2
global:
  server_name: ` + ServerName + `
  private_key: matrix_key.pem
  disable_federation: true
  jetstream: {storage_path: ./jetstream, in_memory: false}
client_api:
  registration_disabled: true
  registration_shared_secret: ` + SharedSecret + `
  rate_limiting: {enabled: false}
media_api: {base_path: ./media, database: {connection_string: "file:media.db"}}
federation_api: {database: {connection_string: "file:federation.db"}}
key_server: {database: {connection_string: "file:keyserver.db"}}
room_server: {database: {connection_string: "file:roomserver.db"}}
sync_api: {database: {connection_string: "file:syncapi.db"}}
relay_api: {database: {connection_string: "file:relayapi.db"}}
mscs: {database: {connection_string: "file:mscs.db"}}
user_api: {bcrypt_cost: 4, account_database: {connection_string: "file:account.db"}}
logging: [{type: std, level: warn}]
`
