package dev.berth.operator.pullsecret;

import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;

/** The pull secret in other namespaces, with a password of its own in each. */
public final class PullSecretCopies extends Copies<Secret> {
    public PullSecretCopies(CopiesOwner owner) {
        super(Secret.class, RegistryNames::pullSecret, owner);
    }

    @Override
    Maker<Secret> maker(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var users = UsersSecret.users(registry, context);
        return namespace -> of(names, users, namespace, owner());
    }

    /** The present copies. */
    static Map<ResourceID, Secret> present(Registry registry, Context<Registry> context) {
        return present(Secret.class, RegistryNames::pullSecret, registry, context);
    }

    public static Secret of(RegistryNames names, Users users, String namespace, CopiesOwner owner) {
        return new SecretBuilder(DockerConfigSecret.copy(names, users, namespace))
                .withMetadata(metadata(names, names.pullSecret(), namespace, owner))
                .build();
    }
}
