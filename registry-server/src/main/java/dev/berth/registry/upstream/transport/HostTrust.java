package dev.berth.registry.upstream.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server if `authorities` trust its certificate and the certificate names `host`. Java's own check of the name refuses every host
 * with an underscore, and would accept a certificate for the host's IP address; so this class checks it: a DNS name of the certificate must
 * be the host, or a wildcard for its first label (RFC 9525, 6.3).
 */
final class HostTrust extends X509ExtendedTrustManager {
    private static final int DNS_NAME = 2; // RFC 5280, 4.2.1.6

    private final String host;
    private final X509ExtendedTrustManager authorities;

    HostTrust(String host, X509ExtendedTrustManager authorities) {
        this.host = host.toLowerCase(Locale.ROOT);
        this.authorities = authorities;
    }

    /** The method that Java's HTTP client calls. The chain is checked as for every other host, then the name. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("");
        engine.setSSLParameters(parameters);
        authorities.checkServerTrusted(chain, authType, engine);
        requireNamed(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        authorities.checkServerTrusted(chain, authType, socket);
        requireNamed(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authorities.checkServerTrusted(chain, authType);
        requireNamed(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noClient();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noClient();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noClient();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }

    private void requireNamed(X509Certificate certificate) throws CertificateException {
        var alternatives = Optional.<Collection<List<?>>>ofNullable(certificate.getSubjectAlternativeNames());
        var names = alternatives.stream()
                .flatMap(Collection::stream)
                .filter(name -> Objects.equals(name.getFirst(), DNS_NAME))
                .flatMap(name -> Stream.of(String.valueOf(name.get(1))))
                .toList();
        if (names.stream().noneMatch(this::isNamedBy)) {
            throw new CertificateException(
                    "the certificate is for " + (names.isEmpty() ? "no host" : names) + ", not for " + host);
        }
    }

    /** A wildcard must be followed by at least two labels, so that none covers a whole top-level domain. */
    private boolean isNamedBy(String name) {
        var pattern = name.toLowerCase(Locale.ROOT);
        var dot = host.indexOf('.');
        return pattern.equals(host)
                || (dot > 0
                        && pattern.startsWith("*.")
                        && pattern.indexOf('.', 2) > 0
                        && pattern.substring(1).equals(host.substring(dot)));
    }

    private static CertificateException noClient() {
        return new CertificateException("this trusts servers only");
    }
}
