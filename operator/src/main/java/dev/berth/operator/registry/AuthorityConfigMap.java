package dev.berth.operator.registry;

import dev.berth.operator.registry.Refusals.Part;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ConfigMap with what clients have to trust: the certificate of the authority, and no key. For a certificate that a user brought it
 * also says which host nodes dial, see {@link NodeEndpoint}.
 */
public final class AuthorityConfigMap extends RegistryChild<ConfigMap> {

    private final Clock clock;

    public AuthorityConfigMap(Clock clock) {
        super(ConfigMap.class);
        this.clock = clock;
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.authority();
    }

    @Override
    protected ConfigMap desired(Registry registry, Optional<ConfigMap> actual, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var siblings = Siblings.of(registry, context);
        var given = GivenCertificate.in(context);
        if (given.isPresent()) {
            return of(names, given.get().review().trusted(), annotations(registry, given.get(), siblings.clusterIp()));
        }
        if (actual.isPresent() && Refusals.in(context).of(Part.CERTIFICATE).isPresent()) {
            return kept(names, actual.get());
        }
        return of(names, siblings.authority().pem().certificate(), Map.of());
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

    /** While the certificate that a user brings can't be read, clients go on trusting what they trusted before. */
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
