package dev.berth.registry.api.admission;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.access.caller.Fingerprints;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.upstream.mirror.MirroredRepository;
import dev.berth.registry.upstream.mirror.UpstreamReaders;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Pulls of container runtimes from mirrors with credentials. A runtime that uses this server as a mirror names the upstream in `?ns=`, and sends
 * the credentials that the pod has for the upstream. They are good for what the upstream itself lets them read.
 */
final class PrivateMirrors {
    private final AccessControl access;
    private final UpstreamReaders readers;
    private final Fingerprints fingerprints = new Fingerprints(new SecureRandom());

    /** What is known about the credentials of a request. */
    enum Verdict {
        /** The upstream lets them read the repository. */
        READER,
        /** The upstream does not, or does not answer. */
        STRANGER,
        /** They are not for an upstream: the rules of this server decide. */
        OTHER
    }

    PrivateMirrors(AccessControl access, UpstreamReaders readers) {
        this.access = access;
        this.readers = readers;
    }

    /** Whether a request is for a mirror with credentials, and its credentials are meant for the upstream. */
    static boolean concerns(ApiRequest request) {
        return repository(request).isPresent();
    }

    /**
     * Finds out whether the upstream lets the credentials of a request read the repository. Credentials of this server are never sent there.
     * Blocks while the upstream is asked.
     */
    Verdict verdict(ApiRequest request, Optional<String> authorization) throws InterruptedException {
        var repository = repository(request);
        var credentials =
                repository.isEmpty() ? Optional.<Credentials>empty() : authorization.flatMap(Credentials::parse);
        if (credentials.filter(pair -> !access.areOurs(pair)).isEmpty()) {
            return Verdict.OTHER;
        }
        var pair = credentials.get();
        request.record().claim(pair.user());
        var admitted = readers.mayRead(
                fingerprints.of(pair.user() + ":" + pair.password()),
                new UpstreamCredentials.Password(pair.user(), pair.password()),
                repository.get(),
                manifest(request));
        return admitted ? Verdict.READER : Verdict.STRANGER;
    }

    private static Optional<MirroredRepository> repository(ApiRequest request) {
        return request.requested().mirrored().filter(repository -> {
            var settings = repository.mirror().settings();
            return !settings.isPublic()
                    && request.parameter("ns")
                            .filter(settings.upstream()::equals)
                            .isPresent();
        });
    }

    /** The manifest that is asked for; empty for blobs and lists. */
    private static Optional<Reference> manifest(ApiRequest request) {
        return request.exchange().variable("<reference>").flatMap(PrivateMirrors::parsed);
    }

    private static Optional<Reference> parsed(String text) {
        try {
            return Optional.of(Reference.parse(text));
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }
}
