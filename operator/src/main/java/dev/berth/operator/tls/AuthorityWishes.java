package dev.berth.operator.tls;

import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.Rotation;
import java.time.Duration;
import java.util.Optional;

/**
 * What the spec and the annotations of a Registry ask for about its certificate authority.
 *
 * @param interval after which another authority follows; empty for no schedule
 * @param overlap for which clients trust both before the server's certificate changes, and after that again
 * @param request to rotate now; another text is another request, and an empty one is none
 */
record AuthorityWishes(Optional<Duration> interval, Duration overlap, String request) {
    static final String ROTATE = "berth.dev/rotate-authority";

    private static final int LONGEST_REQUEST = 253;

    static AuthorityWishes of(Registry registry) {
        var rotation = Optional.ofNullable(registry.getSpec().tls().rotation());
        var request = Optional.ofNullable(registry.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ROTATE))
                .orElse("");
        return new AuthorityWishes(
                rotation.map(Rotation::every),
                Rotation.overlapOf(rotation),
                request.substring(0, Math.min(request.length(), LONGEST_REQUEST)));
    }
}
