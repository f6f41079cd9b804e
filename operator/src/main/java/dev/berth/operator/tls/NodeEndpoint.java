package dev.berth.operator.tls;

import dev.berth.operator.certificate.CertificateReview;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host by which nodes connect to a Registry. This is the ClusterIP of its Service, or, if the certificate is not
 * valid for that, a hostname of the spec that it is valid for. Pure.
 */
public final class NodeEndpoint {
    /** The annotation of the ConfigMap with the authority that names the host. Without it, nodes connect to the ClusterIP. */
    public static final String ANNOTATION = "berth.dev/node-endpoint";

    /** The value of the annotation if the certificate is valid for no host that nodes could use. */
    public static final String NONE = "none";

    /** The annotation, with the value `true`, of the same ConfigMap if nodes trust the issuer of the certificate already. */
    public static final String PUBLIC_AUTHORITY = "berth.dev/public-authority";

    /** The end of the name of a Service, with or without the domain of the cluster. */
    private static final Pattern SERVICE = Pattern.compile("\\.svc(\\..*)?$");

    private NodeEndpoint() {}

    /** The value of the annotation for a certificate; empty if nodes connect to the ClusterIP. */
    static Optional<String> of(CertificateReview certificate, String clusterIp, List<String> hostnames) {
        return certificate.covers(clusterIp)
                ? Optional.empty()
                : Optional.of(hostnames.stream()
                        .filter(NodeEndpoint::canBeItsOwn)
                        .filter(certificate::covers)
                        .findFirst()
                        .orElse(NONE));
    }

    /** Whether a Registry may send nodes to this host: an address or the name of a Service may be another tenant's. */
    private static boolean canBeItsOwn(String hostname) {
        return !hostname.startsWith("*")
                && !hostname.matches("[0-9.]+")
                && !SERVICE.matcher(hostname).find();
    }
}
