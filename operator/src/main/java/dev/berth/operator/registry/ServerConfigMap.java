package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Optional;

/** The ConfigMap with the server's configuration file. */
public final class ServerConfigMap extends RegistryChild<ConfigMap> {

    static final String FILE = "config.yaml";

    public ServerConfigMap() {
        super(ConfigMap.class);
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.configuration();
    }

    @Override
    protected ConfigMap desired(Registry registry, Optional<ConfigMap> actual, Context<Registry> context) {
        return of(registry, ServerMirrors.in(context));
    }

    static ConfigMap of(Registry registry, ServerMirrors mirrors) {
        var names = RegistryNames.of(registry);
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(names.configuration())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .endMetadata()
                .withData(Map.of(FILE, ServerConfiguration.of(names, registry.getSpec(), mirrors)))
                .build();
    }
}
