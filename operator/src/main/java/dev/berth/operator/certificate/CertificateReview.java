package dev.berth.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Judges a user's certificate as clients will: whether it is valid at this time (RFC 5280, 4.1.2.5), whether its
 * chain leads to an authority that they trust (6.1), and which names it is valid for (RFC 9525).
 */
public final class CertificateReview {
    private final List<X509Certificate> chain;
    private final Collection<X509Certificate> given;

    private CertificateReview(List<X509Certificate> chain, Collection<X509Certificate> given) {
        this.chain = chain;
        this.given = given;
    }

    /**
     * Reads a chain.
     *
     * @param chain PEM, with the server's own certificate first
     * @param authorities PEM of `ca.crt`; empty if clients already trust the issuer
     * @return empty if the chain has no certificate that can be read
     */
    public static Optional<CertificateReview> of(String chain, Optional<String> authorities) {
        var certificates = Pem.certificates(chain);
        return certificates.isEmpty()
                ? Optional.empty()
                : Optional.of(new CertificateReview(
                        certificates, authorities.map(Pem::certificates).orElse(List.of())));
    }

    public Instant notBefore() {
        return own().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return own().getNotAfter().toInstant();
    }

    /** DNS names and addresses that it is valid for. */
    public Set<String> names() {
        return ServerCertificate.namesOf(own());
    }

    /** Whether a client that dials this DNS name or address accepts the certificate's names. A `*` stands for the first label. */
    public boolean covers(String dialed) {
        var name = ServerName.parse(dialed);
        return names().stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** Whether public authorities, which nodes and pods trust already, vouch for the certificate. */
    public boolean isPublic(Instant now) {
        return given.isEmpty() && !isSelfSigned() && leadsTo(PublicAuthorities.ALL, now);
    }

    /** Whether clients that trust {@link #trusted} accept the chain at this time. */
    public boolean isTrusted(Instant now) {
        return isPublic(now) || leadsTo(given.isEmpty() ? List.of(chain.getLast()) : given, now);
    }

    /** The certificates that clients have to trust, as PEM: the given authorities, or else the last of the chain. */
    public String trusted() {
        return (given.isEmpty() ? List.of(chain.getLast()) : given)
                .stream().map(Pem::of).collect(Collectors.joining());
    }

    private X509Certificate own() {
        return chain.getFirst();
    }

    private boolean isSelfSigned() {
        return own().getIssuerX500Principal().equals(own().getSubjectX500Principal());
    }

    private static boolean matches(String pattern, ServerName name) {
        if (pattern.equalsIgnoreCase(name.text())) {
            return true;
        }
        var dot = name.text().indexOf('.');
        return !name.isAddress()
                && pattern.startsWith("*.")
                && dot > 0
                && pattern.substring(1).equalsIgnoreCase(name.text().substring(dot));
    }

    private boolean leadsTo(Collection<X509Certificate> authorities, Instant now) {
        if (authorities.isEmpty()) {
            return false;
        }
        if (authorities.contains(own())) {
            return true; // a self-signed certificate is its own authority
        }
        try {
            var anchors = authorities.stream()
                    .map(authority -> new TrustAnchor(authority, null))
                    .collect(Collectors.toSet());
            var parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            var path = CertificateFactory.getInstance("X.509")
                    .generateCertPath(chain.stream()
                            .filter(certificate -> !authorities.contains(certificate))
                            .toList());
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return true;
        } catch (GeneralSecurityException untrusted) {
            return false;
        }
    }

    /** The public authorities that this Java knows: Mozilla's list, as nearly all systems have it. */
    private static final class PublicAuthorities {
        static final Collection<X509Certificate> ALL = read();

        private static Collection<X509Certificate> read() {
            try {
                var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init((KeyStore) null);
                return Arrays.stream(factory.getTrustManagers())
                        .filter(X509TrustManager.class::isInstance)
                        .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                        .toList();
            } catch (GeneralSecurityException none) {
                return List.of();
            }
        }
    }

    /** The names in one line, for messages; a few, and how many more. */
    public String namesInShort() {
        var names = new TreeSet<>(names());
        var shown = names.stream().limit(5).collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "no name at all"
                : names.size() <= 5 ? shown : shown + " and " + (names.size() - 5) + " more";
    }
}
