package dev.berth.registry.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What proxies say in `Forwarded` of the request as it came to them (RFC 7239, 4): the first element is of the one next to the client. */
final class ForwardedHeader {
    /** Escapes in a quoted value aren't read: neither schemes nor addresses need any. */
    private static final Pattern PAIR =
            Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:\"([^\"]*)\"|([^\\s;,\"]+))\\s*([;,]|$)");

    private ForwardedHeader() {}

    /** The value of a parameter in the first element; empty when there is none, or when it can't be read. */
    static Optional<String> first(Optional<String> header, String name) {
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
