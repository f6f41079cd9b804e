package dev.berth.registry.node.machine;

import dev.berth.registry.node.machine.Machine.Release;

/** Docker Engine 26.1 as Debian 13 has it. */
final class Docker26IT extends DockerContract {
    Docker26IT() {
        super(Release.DEBIAN_13, "26.1.");
    }
}
