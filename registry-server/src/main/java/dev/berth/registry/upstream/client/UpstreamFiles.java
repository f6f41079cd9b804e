package dev.berth.registry.upstream.client;

import java.util.Optional;

/** The files that the settings of an upstream name. They are read at each use; this looks whether they can be used now. */
public final class UpstreamFiles {
    private UpstreamFiles() {}

    /** Why they can't be used, a clause without a full stop; empty when they can. */
    public static Optional<String> fault(Upstream upstream) {
        try {
            upstream.ca().ifPresent(TrustedAuthorities::read);
            CredentialsFile.login(upstream);
            return Optional.empty();
        } catch (UpstreamException e) {
            return Optional.of(e.failure().sentence());
        }
    }
}
