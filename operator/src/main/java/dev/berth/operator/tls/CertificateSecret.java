package dev.berth.operator.tls;

import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.certificate.ServerCertificate;
import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.network.ExternalAddresses;
import dev.berth.operator.network.RegistryService;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The Secret with the server's certificate, signed by the authority of the Registry. */
public final class CertificateSecret extends RegistryChild<Secret> {
    private final ServerCertificate certificate;

    public CertificateSecret(ServerCertificate certificate) {
        super(Secret.class);
        this.certificate = certificate;
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.certificate();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        var kept = certificate.keepOrMake(
                AuthoritySecret.authorities(registry, context).signing(),
                namesOn(
                        registry,
                        RegistryService.clusterIp(registry, context),
                        ExternalAddresses.of(registry, context).assigned()),
                actual.flatMap(TlsSecret::read));
        return of(RegistryNames.of(registry), kept.pem());
    }

    /** The certificate that Berth made for the server. */
    public static KeyPairPem pair(Registry registry, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        return siblings.read(Secret.class, siblings.names().certificate(), TlsSecret::read);
    }

    static Secret of(RegistryNames names, KeyPairPem pair) {
        return TlsSecret.of(names, names.certificate(), pair);
    }

    /**
     * All names by which clients connect: the names of the Service for pods, its ClusterIP for nodes, which do not
     * use the cluster's DNS, localhost for a port-forward, the hostnames of the spec, and the addresses of the load balancer.
     */
    static Set<String> namesOn(Registry registry, String clusterIp, List<String> loadBalancer) {
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
        all.addAll(loadBalancer);
        return all;
    }
}
