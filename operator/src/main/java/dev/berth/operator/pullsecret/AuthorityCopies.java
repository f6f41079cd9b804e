package dev.berth.operator.pullsecret;

import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Optional;

/**
 * The ConfigMap with the certificate authority in other namespaces, for clients there that no node agent configures, such as builds. Its name
 * has the Registry's namespace in it, so that it is never the name of a child of another Registry.
 */
public final class AuthorityCopies extends Copies<ConfigMap> {
    public AuthorityCopies(CopiesOwner owner) {
        super(ConfigMap.class, RegistryNames::authorityElsewhere, owner);
    }

    @Override
    Maker<ConfigMap> maker(Registry registry, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        var trusted =
                siblings.read(ConfigMap.class, siblings.names().authority(), map -> Optional.ofNullable(map.getData()));
        return namespace -> of(siblings.names(), trusted, namespace, owner());
    }

    static ConfigMap of(RegistryNames names, Map<String, String> trusted, String namespace, CopiesOwner owner) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(names, names.authorityElsewhere(), namespace, owner))
                .withData(trusted)
                .build();
    }
}
