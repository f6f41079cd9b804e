package dev.berth.registry.api.admission;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.http.Exchange;
import java.util.Optional;

/**
 * Asks a client to log in (RFC 9110, 11.6.1). Every client understands Basic. Where pulls are anonymous Basic is not enough: Docker learns from
 * `GET /v2/` alone how to log in. There the challenge asks for a token, which a client gets with credentials or without (distribution, "Token
 * Authentication Specification").
 */
public record Challenge(AccessControl access) {
    /** The path of the token endpoint. */
    public static final String TOKEN_PATH = "/token";

    public static final String BASIC = "Basic realm=\"berth\"";
    private static final String SERVICE = "berth";

    /** Why the client's token is not enough (RFC 6750, 3.1). */
    public enum Fault {
        NONE(""),
        INVALID(",error=\"invalid_token\""),
        OUT_OF_SCOPE(",error=\"insufficient_scope\"");

        private final String text;

        Fault(String text) {
            this.text = text;
        }
    }

    /**
     * The `WWW-Authenticate` header of a challenge.
     *
     * @param scope what the token should allow; empty for nothing in particular
     */
    public String of(Exchange exchange, String scope, Fault fault) {
        var bearer = fault != Fault.NONE || access.anonymousPull();
        return realm(exchange)
                .filter(_ -> bearer)
                .map(realm -> "Bearer realm=\"" + realm + "\",service=\"" + SERVICE + "\""
                        + (scope.isEmpty() ? "" : ",scope=\"" + scope + "\"") + fault.text)
                .orElse(BASIC);
    }

    /**
     * The URL of the token endpoint as this client reaches it. A client that sends a false `Host` or `X-Forwarded-Proto` misleads only itself,
     * since no cache keeps the answer. A client that came over TLS is never sent to plain HTTP.
     */
    private Optional<String> realm(Exchange exchange) {
        return access.realm()
                .or(() -> exchange.authority()
                        .filter(Challenge::isSane)
                        .map(host -> (exchange.secure() ? "https://" : "http://") + host + TOKEN_PATH));
    }

    /** Whether the client's `Host` is safe between the quotation marks of a header. */
    private static boolean isSane(String authority) {
        return !authority.isEmpty()
                && authority.length() < 300
                && authority
                        .chars()
                        .allMatch(c -> (Character.isLetterOrDigit(c) && c < 0x80) || ".-_:[]".indexOf(c) >= 0);
    }
}
