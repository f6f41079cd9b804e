package dev.berth.registry.node.machine;

import dev.berth.registry.node.machine.Machine.Release;

/** podman 5 as Debian 13 has it. */
final class Podman5IT extends PodmanContract {
    Podman5IT() {
        super(Release.DEBIAN_13, "5.4.");
    }
}
