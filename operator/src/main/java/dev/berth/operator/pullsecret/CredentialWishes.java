package dev.berth.operator.pullsecret;

import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.Rotation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the spec and the annotations of a Registry ask for about its generated passwords.
 *
 * @param interval after which pull secrets get new passwords; empty for no schedule
 * @param overlap for which old passwords stay valid
 * @param request to rotate now; another text is another request, and an empty one is none
 * @param revocations requests to revoke the password of a namespace, by namespace; another text is another request
 */
record CredentialWishes(
        Optional<Duration> interval, Duration overlap, String request, Map<String, String> revocations) {
    static final String ROTATE = "berth.dev/rotate-credentials";
    static final String REVOKE = "revoke.berth.dev/";

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final int LONGEST_REQUEST = 253;
    private static final int MOST_REVOCATIONS = 1_000;

    static CredentialWishes of(Registry registry) {
        var annotations =
                Optional.ofNullable(registry.getMetadata().getAnnotations()).orElse(Map.of());
        var rotation = Optional.ofNullable(registry.getSpec().pullSecrets().rotation());
        return new CredentialWishes(
                rotation.map(Rotation::every),
                Rotation.overlapOf(rotation),
                shortened(annotations.getOrDefault(ROTATE, "")),
                revocations(annotations));
    }

    private static Map<String, String> revocations(Map<String, String> annotations) {
        var all = new TreeMap<String, String>();
        new TreeMap<>(annotations).forEach((key, request) -> {
            if (key.startsWith(REVOKE) && all.size() < MOST_REVOCATIONS) {
                var namespace = key.substring(REVOKE.length());
                if (NAMESPACE.matcher(namespace).matches()) {
                    all.put(namespace, shortened(request));
                }
            }
        });
        return all;
    }

    private static String shortened(String request) {
        return request.substring(0, Math.min(request.length(), LONGEST_REQUEST));
    }
}
