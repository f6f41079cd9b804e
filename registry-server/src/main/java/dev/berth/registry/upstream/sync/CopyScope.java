package dev.berth.registry.upstream.sync;

import dev.berth.registry.upstream.images.PlatformChoice;

/** How much of an image a sync copies. Its text is remembered with what was copied, so that a change of it is seen. */
record CopyScope(PlatformChoice platforms, boolean referrers) {

    @Override
    public String toString() {
        return platforms + (referrers ? " and referrers" : "");
    }
}
