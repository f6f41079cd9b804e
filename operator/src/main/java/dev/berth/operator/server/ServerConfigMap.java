package dev.berth.operator.server;

import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.TreeMap;

/** The ConfigMap with the server's configuration file, and with the certificate authorities of issuers. */
public final class ServerConfigMap extends RegistryChild<ConfigMap> {
    static final String FILE = "config.yaml";

    public ServerConfigMap() {
        super(ConfigMap.class);
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.configuration();
    }

    @Override
    protected ConfigMap desired(Registry registry, Optional<ConfigMap> actual, Context<Registry> context) {
        return of(registry, ServerMirrors.in(context), NodePull.in(context), TokenIssuers.in(context));
    }

    /** The configuration file of a Registry's server. */
    static String file(Registry registry, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        return siblings.read(
                ConfigMap.class,
                siblings.names().configuration(),
                map -> Optional.ofNullable(map.getData()).flatMap(data -> Optional.ofNullable(data.get(FILE))));
    }

    static ConfigMap of(Registry registry, ServerMirrors mirrors, NodePull nodes, TokenIssuers issuers) {
        var names = RegistryNames.of(registry);
        var files = new TreeMap<>(issuers.files());
        files.put(FILE, ServerConfiguration.of(names, registry.getSpec(), mirrors, nodes));
        return new ConfigMapBuilder()
                .withMetadata(RegistryLabels.metadata(names, names.configuration()))
                .withData(files)
                .build();
    }
}
