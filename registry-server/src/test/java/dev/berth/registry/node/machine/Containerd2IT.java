package dev.berth.registry.node.machine;

import dev.berth.registry.node.machine.Machine.Release;

/** containerd 2, whose transfer service does the pulls of both ways. */
final class Containerd2IT extends ContainerdContract {
    Containerd2IT() {
        super(Release.DEBIAN_13, "2.4.", """
            version = 3
            [plugins."io.containerd.cri.v1.images".registry]
              config_path = "/etc/containerd/certs.d"
            """, Crictl.PROGRAM, "containerd/v2.4.2");
    }
}
