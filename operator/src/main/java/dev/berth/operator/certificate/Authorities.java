package dev.berth.operator.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * The certificate authorities of a Registry. There are two while one follows the other.
 *
 * @param signing signs the server's certificate
 * @param phase how far a rotation is
 * @param request the last request to rotate that was acted on; empty if there was none
 */
public record Authorities(Identity signing, Phase phase, String request) {
    /** How far a rotation is. Each phase but `Settled` lasts until clients had time to read the certificates that they have to trust. */
    public sealed interface Phase {}

    /** There is one authority. */
    public record Settled() implements Phase {}

    /** Clients are told to trust the next authority, too. */
    public record Announced(Identity next, Instant since) implements Phase {}

    /** The next authority signs, and clients still trust the previous one. */
    public record Retiring(X509Certificate previous, Instant since) implements Phase {}

    /** The certificates that clients have to trust, as PEM, with the signing one first. */
    public String trusted() {
        var signs = Pem.of(signing.certificate());
        return switch (phase) {
            case Settled() -> signs;
            case Announced announced -> signs + Pem.of(announced.next().certificate());
            case Retiring retiring -> signs + Pem.of(retiring.previous());
        };
    }
}
