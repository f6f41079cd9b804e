package dev.berth.registry.upstream.login;

import dev.berth.registry.upstream.transport.AuthorityFiles;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamException;
import java.util.Optional;

/** Checks whether the files that the settings of an upstream name can be used now. They are read again at each use. */
public final class UpstreamFiles {
    private UpstreamFiles() {}

    /** Why the files can't be used, as a clause without a full stop. Empty when they can. */
    public static Optional<String> fault(Upstream upstream) {
        try {
            upstream.ca().ifPresent(new AuthorityFiles()::read);
            CredentialsFile.login(upstream);
            return Optional.empty();
        } catch (UpstreamException e) {
            return Optional.of(e.failure().sentence());
        }
    }
}
