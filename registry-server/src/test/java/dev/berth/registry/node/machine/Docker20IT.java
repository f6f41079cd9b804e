package dev.berth.registry.node.machine;

import dev.berth.registry.node.machine.Machine.Release;

/** Docker Engine 20.10 as Debian 12 has it. */
final class Docker20IT extends DockerContract {
    Docker20IT() {
        super(Release.DEBIAN_12, "20.10.");
    }
}
