package dev.berth.operator.registry;

import static dev.berth.operator.registry.RegistryReasons.CERTIFICATE_EXPIRED;
import static dev.berth.operator.registry.RegistryReasons.CERTIFICATE_NAME_MISSING;
import static dev.berth.operator.registry.RegistryReasons.CERTIFICATE_NOT_TRUSTED;
import static dev.berth.operator.registry.RegistryReasons.CERTIFICATE_NOT_YET_VALID;
import static dev.berth.operator.registry.RegistryReasons.VALID;

import dev.berth.operator.certificate.CertificateReview;
import dev.berth.operator.condition.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The condition `CertificateValid`: whether clients accept the certificate that `spec.tls.secretRef` brings, said before a pod fails.
 * Pure.
 *
 * @param address by which clients in the cluster dial the registry
 * @param clusterIp which nodes dial
 * @param hostnames of the spec
 */
record CertificateCondition(CertificateReview certificate, String address, String clusterIp, List<String> hostnames) {

    static final String TYPE = "CertificateValid";

    Finding at(Instant now) {
        if (now.isBefore(certificate.notBefore())) {
            return fails(
                    CERTIFICATE_NOT_YET_VALID,
                    "the certificate is valid only from " + certificate.notBefore()
                            + " on; clients refuse it until then");
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
                    "the certificate is valid for " + certificate.namesInShort() + ", and nodes dial " + clusterIp
                            + ": their pulls would fail. Issue it for the address " + clusterIp + " and the name "
                            + address
                            + ", or name a host in spec.hostnames that it is valid for and that nodes resolve"));
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
