package dev.berth.registry.access.caller;

import java.util.Optional;

/** The content of an `Authorization` header (RFC 9110, 11.6.2). Its text form has no secret. */
public sealed interface Authorization {
    /** A user's name and password, or a service account's token in the place of the password. */
    record Password(Credentials credentials) implements Authorization {}

    record Bearer(String token) implements Authorization {
        @Override
        public String toString() {
            return "Bearer[…]";
        }
    }

    /** An unknown scheme, or a header that cannot be read. */
    record Unreadable() implements Authorization {}

    static Authorization parse(String header) {
        return Credentials.parse(header)
                .<Authorization>map(Password::new)
                .or(() -> bearer(header))
                .orElseGet(Unreadable::new);
    }

    private static Optional<Authorization> bearer(String header) {
        var scheme = "Bearer ";
        return header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(new Bearer(header.substring(scheme.length()).strip()))
                : Optional.empty();
    }
}
