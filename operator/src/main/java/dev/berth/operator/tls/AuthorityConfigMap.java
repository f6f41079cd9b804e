package dev.berth.operator.tls;

import dev.berth.operator.child.Refusals;
import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.network.RegistryService;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ConfigMap with the certificates that clients have to trust. For a certificate that a user brings it also tells
 * nodes which host to connect to, see {@link NodeEndpoint}.
 */
public final class AuthorityConfigMap extends RegistryChild<ConfigMap> {
    private final Clock clock;

    public AuthorityConfigMap(Clock clock) {
        super(ConfigMap.class);
        this.clock = clock;
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.authority();
    }

    @Override
    protected ConfigMap desired(Registry registry, Optional<ConfigMap> actual, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var given = GivenCertificate.in(context);
        if (given.isPresent()) {
            return of(
                    names,
                    given.get().review().trusted(),
                    annotations(registry, given.get(), RegistryService.clusterIp(registry, context)));
        }
        if (actual.isPresent() && Refusals.in(context).of(Part.CERTIFICATE).isPresent()) {
            return kept(names, actual.get());
        }
        return of(names, AuthoritySecret.authorities(registry, context).trusted(), Map.of());
    }

    private Map<String, String> annotations(Registry registry, GivenCertificate given, String clusterIp) {
        var annotations = new TreeMap<String, String>();
        NodeEndpoint.of(given.review(), clusterIp, registry.getSpec().hostnames())
                .ifPresent(host -> annotations.put(NodeEndpoint.ANNOTATION, host));
        if (given.review().isPublic(clock.instant())) {
            annotations.put(NodeEndpoint.PUBLIC_AUTHORITY, "true");
        }
        return annotations;
    }

    /** While the user's certificate cannot be read, the ConfigMap stays as it is. */
    private static ConfigMap kept(RegistryNames names, ConfigMap actual) {
        var annotations = new TreeMap<String, String>();
        Optional.ofNullable(actual.getMetadata().getAnnotations())
                .ifPresent(all -> all.forEach((key, value) -> {
                    if (key.equals(NodeEndpoint.ANNOTATION) || key.equals(NodeEndpoint.PUBLIC_AUTHORITY)) {
                        annotations.put(key, value);
                    }
                }));
        var data = Optional.ofNullable(actual.getData()).orElse(Map.of());
        return of(names, data.getOrDefault(TlsSecret.AUTHORITY, ""), annotations);
    }

    static ConfigMap of(RegistryNames names, String certificates, Map<String, String> annotations) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(names.authority())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .withAnnotations(annotations)
                .endMetadata()
                .withData(Map.of(TlsSecret.AUTHORITY, certificates))
                .build();
    }
}
