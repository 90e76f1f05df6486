package bot

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// homeserver answers as a homeserver with a registration shared secret does.
func homeserver(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case strings.HasSuffix(r.URL.Path, "/versions"):
			_, _ = w.Write([]byte(`{"versions":["v1.2"]}`))
		case r.Method == http.MethodGet:
			_, _ = w.Write([]byte(`{"nonce":"n"}`))
		default:
			_, _ = w.Write([]byte(`{"user_id":"@desk:localhost","home_server":"localhost","access_token":"t","device_id":"d"}`))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func TestRegister(t *testing.T) {
	server := homeserver(t)
	args := []string{"matrix", "register", "--homeserver", server.URL, "--user", "desk"}
	var out, errs bytes.Buffer
	t.Setenv("MATRIX_REGISTRATION_SECRET", "")
	if code, err := Main(context.Background(), args, strings.NewReader(""), &out, &errs, ""); code != 2 || err == nil || !strings.Contains(err.Error(), "MATRIX_REGISTRATION_SECRET") {
		t.Errorf("without the secret: code %d, %v", code, err)
	}
	t.Setenv("MATRIX_REGISTRATION_SECRET", "shared")
	t.Setenv("MATRIX_PASSWORD", "password")
	if code, err := Main(context.Background(), args, strings.NewReader(""), &out, &errs, ""); code != 0 || err != nil || strings.TrimSpace(out.String()) != "@desk:localhost" {
		t.Errorf("code %d, %v, %q", code, err, out.String())
	}
	if strings.Contains(out.String()+errs.String(), "password") {
		t.Error("the password was printed")
	}
}
