package dev.berth.registry.node.machine;

import dev.berth.registry.node.machine.Machine.Release;

/** containerd 1.7 as Debian 13 has it. */
final class Containerd17IT extends ContainerdContract {
    Containerd17IT() {
        super(Release.DEBIAN_13, "1.7.", """
            version = 2
            [plugins."io.containerd.grpc.v1.cri".registry]
              config_path = "/etc/containerd/certs.d"
            """, Crictl.PROGRAM);
    }
}
