package dev.berth.operator.registry;

import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.certificate.ServerCertificate;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The Secret with the certificate that the server shows, signed by the registry's own authority. */
public final class CertificateSecret extends RegistryChild<Secret> {

    private final ServerCertificate certificate;

    public CertificateSecret(ServerCertificate certificate) {
        super(Secret.class);
        this.certificate = certificate;
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.certificate();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        var kept = certificate.keepOrMake(
                siblings.authority(), namesOn(registry, siblings.clusterIp()), actual.flatMap(TlsSecret::read));
        return of(RegistryNames.of(registry), kept.pem());
    }

    static Secret of(RegistryNames names, KeyPairPem pair) {
        return TlsSecret.of(names, names.certificate(), pair);
    }

    /**
     * Whatever the server may be called by: its Service, from near and far, for pods; its address, for nodes, which don't
     * ask the cluster's DNS; localhost, for a port-forward; and what the spec adds.
     */
    static Set<String> namesOn(Registry registry, String clusterIp) {
        var names = RegistryNames.of(registry);
        var all = new TreeSet<>(Set.of(
                names.service(),
                names.service() + "." + names.namespace(),
                names.address(),
                names.fullAddress(),
                "localhost",
                "127.0.0.1",
                clusterIp));
        all.addAll(registry.getSpec().hostnames());
        return all;
    }
}
