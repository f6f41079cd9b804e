package dev.berth.operator.registry;

import dev.berth.operator.pullsecret.DockerConfig;
import dev.berth.operator.pullsecret.Users;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Secret that pods name in `imagePullSecrets`: the credentials of user `pull`. */
public final class PullSecret extends RegistryChild<Secret> {

    public PullSecret() {
        super(Secret.class);
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.pullSecret();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        return of(RegistryNames.of(registry), Siblings.of(registry, context).users());
    }

    static Secret of(RegistryNames names, Users users) {
        return dockerConfig(names, names.pullSecret(), Users.PULL, users.pullPassword());
    }

    static Secret dockerConfig(RegistryNames names, String name, String user, String password) {
        var hosts = List.of(names.address(), names.fullAddress());
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .endMetadata()
                .withType("kubernetes.io/dockerconfigjson")
                .withData(SecretText.encode(Map.of(".dockerconfigjson", DockerConfig.json(hosts, user, password))))
                .build();
    }
}
