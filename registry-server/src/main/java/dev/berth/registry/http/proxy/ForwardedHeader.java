package dev.berth.registry.http.proxy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the `Forwarded` header (RFC 7239, 4), whose first element is from the proxy next to the client. */
public final class ForwardedHeader {
    /** A parameter. Escapes in quoted values are not read: schemes and addresses need none. */
    private static final Pattern PAIR =
            Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:\"([^\"]*)\"|([^\\s;,\"]+))\\s*([;,]|$)");

    private ForwardedHeader() {}

    /** The value of a parameter in the first element; empty when there is none, or when it can't be read. */
    public static Optional<String> first(Optional<String> header, String name) {
        var pairs = PAIR.matcher(header.orElse(""));
        while (pairs.lookingAt()) {
            if (pairs.group(1).toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(pairs.group(3) == null ? pairs.group(2) : pairs.group(3));
            }
            if (!pairs.group(4).equals(";")) {
                return Optional.empty();
            }
            pairs.region(pairs.end(), pairs.regionEnd());
        }
        return Optional.empty();
    }
}
