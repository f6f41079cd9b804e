package dev.berth.operator.registry;

import dev.berth.operator.certificate.CertificateReview;
import java.util.List;
import java.util.Optional;

/**
 * The host that nodes dial for a registry. They can reach its Service by the ClusterIP; when the registry's certificate is not valid
 * for that, they can use a public name of the registry that the certificate is valid for. Pure.
 */
public final class NodeEndpoint {

    /** On the ConfigMap with the authority: the host that nodes dial. Absent: the Service's ClusterIP. */
    public static final String ANNOTATION = "berth.dev/node-endpoint";

    /** The annotation's value when the certificate is valid for nothing that nodes could dial. */
    public static final String NONE = "none";

    /** On the same ConfigMap, with the value `true`: nodes trust the certificate's issuer already. */
    public static final String PUBLIC_AUTHORITY = "berth.dev/public-authority";

    private NodeEndpoint() {}

    /** The annotation's value for a certificate; empty when nodes dial the ClusterIP. */
    static Optional<String> of(CertificateReview certificate, String clusterIp, List<String> hostnames) {
        return certificate.covers(clusterIp)
                ? Optional.empty()
                : Optional.of(hostnames.stream()
                        .filter(name -> !name.startsWith("*"))
                        .filter(certificate::covers)
                        .findFirst()
                        .orElse(NONE));
    }
}
