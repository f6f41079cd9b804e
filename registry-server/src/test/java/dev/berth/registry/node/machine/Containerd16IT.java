package dev.berth.registry.node.machine;

import dev.berth.registry.node.machine.Machine.Release;

/** containerd 1.6 as Debian 12 has it. */
final class Containerd16IT extends ContainerdContract {
    Containerd16IT() {
        super(Release.DEBIAN_12, "1.6.", """
            version = 2
            [plugins."io.containerd.grpc.v1.cri".registry]
              config_path = "/etc/containerd/certs.d"
            """, Crictl.PROGRAM);
    }
}
