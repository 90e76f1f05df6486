package slack

import (
	"net/url"

	"sourceline/adapters/slack/slacktest"
)

// faultOn asks for a fault at each call of one method.
func faultOn(method string, ask func() *slacktest.Fault) func(string, url.Values) *slacktest.Fault {
	return func(called string, _ url.Values) *slacktest.Fault {
		if called == method {
			return ask()
		}
		return nil
	}
}
