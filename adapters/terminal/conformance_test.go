package terminal_test

import (
	"testing"

	"sourceline/adapters/adaptertest"
	"sourceline/adapters/terminal/terminaltest"
)

func TestConformance(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T) adaptertest.Platform { return terminaltest.New(t) })
}
