package dev.berth.operator.mirror;

import dev.berth.protocol.status.MirrorReport;
import dev.berth.protocol.status.ServerReport;
import java.util.Optional;

/**
 * An answer of a server that was asked about a mirror.
 *
 * @param report what it said; empty when it doesn't know the mirror
 */
record MirrorAnswer(String mirror, Optional<MirrorReport> report) {

    /** What a server's report says of a mirror, without what moves on by itself. */
    static MirrorAnswer of(String mirror, ServerReport server) {
        return new MirrorAnswer(mirror, server.mirror(mirror).map(MirrorReport::atRest));
    }
}
