package dev.berth.registry.http;

import dev.berth.registry.access.AccessControl;
import java.util.Optional;

/**
 * How a client is asked to log in (RFC 9110, 11.6.1). Basic is understood by every client and needs nothing but itself. Where pulls are
 * anonymous it isn't enough: Docker asks `GET /v2/` alone how to log in and then only sends what that answer asked for, so there it's told
 * to fetch a token, which it does with credentials or without (distribution, "Token Authentication Specification").
 */
record Challenge(AccessControl access) {
    static final String BASIC = "Basic realm=\"berth\"";
    private static final String SERVICE = "berth";

    /** Why a token that was shown isn't enough (RFC 6750, 3.1). */
    enum Fault {
        NONE(""),
        INVALID(",error=\"invalid_token\""),
        OUT_OF_SCOPE(",error=\"insufficient_scope\"");

        private final String text;

        Fault(String text) {
            this.text = text;
        }
    }

    /** @param scope what the token is to be good for; empty for nothing in particular */
    String of(Exchange exchange, String scope, Fault fault) {
        var bearer = fault != Fault.NONE || access.anonymousPull();
        return realm(exchange)
                .filter(_ -> bearer)
                .map(realm -> "Bearer realm=\"" + realm + "\",service=\"" + SERVICE + "\""
                        + (scope.isEmpty() ? "" : ",scope=\"" + scope + "\"") + fault.text)
                .orElse(BASIC);
    }

    /**
     * The token endpoint as this client reaches it. Whoever sends a false `Host` or `X-Forwarded-Proto` misleads nobody but itself, since the
     * answer is its own and no cache keeps it; and what comes over TLS is never sent away from it.
     */
    private Optional<String> realm(Exchange exchange) {
        return access.realm()
                .or(() -> exchange.authority()
                        .filter(Challenge::isSane)
                        .map(host -> (exchange.secure() ? "https://" : "http://") + host + TokenRoute.PATH));
    }

    /** It comes from the client and goes between quotation marks. */
    private static boolean isSane(String authority) {
        return !authority.isEmpty()
                && authority.length() < 300
                && authority
                        .chars()
                        .allMatch(c -> (Character.isLetterOrDigit(c) && c < 0x80) || ".-_:[]".indexOf(c) >= 0);
    }
}
