package dev.berth.registry.upstream.mirror;

import dev.berth.protocol.name.DockerHub;
import dev.berth.registry.reference.RepositoryName;
import java.util.Optional;

/**
 * Resolves the repository names of clients. Container runtimes that use this registry as a mirror name the registry that they mean in
 * `?ns=`. People write the registry before the repository, and may use Docker's short names for Docker Hub.
 */
public record MirroredNames(Mirrors mirrors) {
    /** Finds the repository that is meant. Throws InvalidReference if its name in this registry is too long. */
    public RequestedRepository resolve(RepositoryName written, Optional<String> namespace) {
        if (namespace.isPresent()) {
            var mirror = mirrors.named(namespace.get());
            if (mirror.isPresent()) {
                return below(mirror.get(), withoutPrefix(mirror.get(), written.value()));
            }
        }
        return mirrors.mirrorOf(written.value())
                .map(mirror ->
                        below(mirror, written.value().substring(written.value().indexOf('/') + 1)))
                .orElseGet(() -> new RequestedRepository(written, Optional.empty()));
    }

    /** Some runtimes name the registry twice: in the path of the mirror's address and in `?ns=`. */
    private static String withoutPrefix(Mirror mirror, String name) {
        var prefix = mirror.settings().prefix().value() + "/";
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private static RequestedRepository below(Mirror mirror, String name) {
        var there = mirror.settings().upstream().equals(DockerHub.HOST) ? DockerHub.repository(name) : name;
        var here = new RepositoryName(mirror.settings().prefix() + "/" + there);
        return new RequestedRepository(
                here, Optional.of(new MirroredRepository(mirror, here, new RepositoryName(there))));
    }
}
