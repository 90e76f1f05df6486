//go:build !linux

package matrixtest

import "syscall"

func dieWithParent() *syscall.SysProcAttr { return nil }
