package matrixtest

import "syscall"

// dieWithParent makes the kernel end the homeserver with the test.
func dieWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM} }
