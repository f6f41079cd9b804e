package dev.berth.registry;

import dev.berth.registry.access.Exposure;
import dev.berth.registry.access.Exposures;
import dev.berth.registry.upstream.mirror.Mirrors;

/** Tells which repositories belong to mirrors, and whether their upstream is public. */
record MirrorExposures(Mirrors mirrors) implements Exposures {
    @Override
    public Exposure of(String repository) {
        return mirrors.mirrorOf(repository)
                .map(mirror -> mirror.settings().isPublic() ? Exposure.PUBLIC : Exposure.PRIVATE)
                .orElse(Exposure.ORDINARY);
    }

    @Override
    public boolean anyPublic() {
        return mirrors.anyPublic();
    }
}
