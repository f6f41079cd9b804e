package dev.berth.registry.node.machine;

import dev.berth.registry.node.machine.Machine.Release;

/** podman 4 as Debian 12 has it. */
final class Podman4IT extends PodmanContract {
    Podman4IT() {
        super(Release.DEBIAN_12, "4.3.");
    }
}
