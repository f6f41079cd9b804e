//go:build tools

package node

import _ "github.com/rancher/local-path-provisioner"
