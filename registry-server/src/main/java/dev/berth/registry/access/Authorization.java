package dev.berth.registry.access;

import java.util.Optional;

/** What an `Authorization` header says (RFC 9110, 11.6.2). Never prints a secret. */
sealed interface Authorization {
    /** A user's name and password, or a service account's token in the place of the password. */
    record Password(Credentials credentials) implements Authorization {}

    record Bearer(String token) implements Authorization {
        @Override
        public String toString() {
            return "Bearer[…]";
        }
    }

    /** A scheme that isn't ours, or nothing that can be read. */
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
