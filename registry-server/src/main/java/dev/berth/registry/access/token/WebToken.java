package dev.berth.registry.access.token;

import com.nimbusds.jose.JWSObject;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A signed token (RFC 7515, 7519) that was read but not verified yet. */
record WebToken(JWSObject signed, Map<String, Object> claims) {
    private static final int LONGEST = 16 * 1024;

    /** Reads a token; empty for text that is no signed token, such as one whose `alg` is `none`. */
    static Optional<WebToken> parse(String text) {
        try {
            if (text.length() > LONGEST) {
                return Optional.empty();
            }
            var signed = JWSObject.parse(text);
            return Optional.ofNullable(signed.getPayload().toJSONObject()).map(claims -> new WebToken(signed, claims));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String algorithm() {
        return signed.getHeader().getAlgorithm().getName();
    }

    Optional<String> keyId() {
        return Optional.ofNullable(signed.getHeader().getKeyID());
    }

    Optional<String> text(String claim) {
        return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A claim that is one text or a list of them, such as `aud`. */
    List<String> texts(String claim) {
        return switch (claims.get(claim)) {
            case String text -> List.of(text);
            case List<?> list ->
                list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    /** A claim that is a text, a number, true or false, or a list of these, as texts. */
    List<String> values(String claim) {
        return switch (claims.get(claim)) {
            case List<?> list ->
                list.stream().flatMap(element -> value(element).stream()).toList();
            case null -> List.of();
            case Object one -> value(one).stream().toList();
        };
    }

    /** A claim that holds lists of texts by name. */
    Map<String, List<String>> valuesByName(String claim) {
        var named = new TreeMap<String, List<String>>();
        if (claims.get(claim) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value instanceof List<?> list) {
                    named.put(
                            String.valueOf(name),
                            list.stream()
                                    .flatMap(element -> value(element).stream())
                                    .toList());
                }
            });
        }
        return named;
    }

    private static Optional<String> value(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Optional.of(value.toString())
                : Optional.empty();
    }

    /** The node of the pod that a token of Kubernetes is bound to (KEP-4193). */
    Optional<String> node() {
        return claims.get("kubernetes.io") instanceof Map<?, ?> bound
                        && bound.get("node") instanceof Map<?, ?> node
                        && node.get("name") instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }

    /** A claim in seconds since 1970. */
    Optional<Instant> time(String claim) {
        return claims.get(claim) instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(Math.clamp(seconds.longValue(), 0L, 1L << 40)))
                : Optional.empty();
    }
}
