package dev.berth.operator.tls;

import static dev.berth.operator.child.RegistryReasons.CERTIFICATE_EXPIRED;
import static dev.berth.operator.child.RegistryReasons.CERTIFICATE_NAME_MISSING;
import static dev.berth.operator.child.RegistryReasons.CERTIFICATE_NOT_TRUSTED;
import static dev.berth.operator.child.RegistryReasons.CERTIFICATE_NOT_YET_VALID;
import static dev.berth.operator.child.RegistryReasons.VALID;

import dev.berth.operator.certificate.CertificateReview;
import dev.berth.operator.condition.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The condition `CertificateValid`: whether clients will accept the certificate in the Secret that `spec.tls.secretRef` names. Pure.
 *
 * @param address by which clients in the cluster connect to the Registry
 * @param clusterIp by which nodes connect to it
 * @param hostnames of the spec
 */
public record CertificateCondition(
        CertificateReview certificate, String address, String clusterIp, List<String> hostnames) {
    public static final String TYPE = "CertificateValid";

    public Finding at(Instant now) {
        if (now.isBefore(certificate.notBefore())) {
            return fails(
                    CERTIFICATE_NOT_YET_VALID,
                    "the certificate is not valid before " + certificate.notBefore()
                            + "; clients refuse it until then");
        }
        if (!now.isBefore(certificate.notAfter())) {
            return fails(
                    CERTIFICATE_EXPIRED,
                    "the certificate expired at " + certificate.notAfter()
                            + ", and clients refuse it; renew it in the Secret that spec.tls.secretRef names");
        }
        if (!certificate.isTrusted(now)) {
            return fails(
                    CERTIFICATE_NOT_TRUSTED,
                    "no client can trust the certificate: its chain does not lead to the authority in ca.crt, nor to a"
                            + " public one; put the whole chain into tls.crt and its authority into ca.crt");
        }
        return dialed().orElseGet(() -> Finding.holds(
                TYPE, VALID, "valid until " + certificate.notAfter() + " for " + certificate.namesInShort()));
    }

    private Optional<Finding> dialed() {
        var nodes = NodeEndpoint.of(certificate, clusterIp, hostnames);
        if (nodes.isPresent() && nodes.get().equals(NodeEndpoint.NONE)) {
            return Optional.of(fails(
                    CERTIFICATE_NAME_MISSING,
                    "the certificate is valid for " + certificate.namesInShort() + ", but nodes connect to " + clusterIp
                            + ", so their pulls fail. Issue it for the address " + clusterIp + " and the name "
                            + address
                            + ", or add a host to spec.hostnames that it is valid for and that nodes can resolve"));
        }
        if (!certificate.covers(address) && hostnames.stream().noneMatch(certificate::covers)) {
            return Optional.of(fails(
                    CERTIFICATE_NAME_MISSING,
                    "the certificate is not valid for " + address
                            + ", by which clients in the cluster push and pull; issue it for that name too"));
        }
        return Optional.empty();
    }

    private static Finding fails(String reason, String message) {
        return Finding.fails(TYPE, reason, message);
    }
}
