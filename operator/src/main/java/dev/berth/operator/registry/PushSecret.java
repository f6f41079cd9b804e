package dev.berth.operator.registry;

import dev.berth.operator.pullsecret.Users;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/** The Secret that builds log in with: the credentials of user `push`. It goes to no other namespace. */
public final class PushSecret extends RegistryChild<Secret> {

    public PushSecret() {
        super(Secret.class);
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.pushSecret();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        return of(RegistryNames.of(registry), Siblings.of(registry, context).users());
    }

    static Secret of(RegistryNames names, Users users) {
        return PullSecret.dockerConfig(names, names.pushSecret(), Users.PUSH, users.pushPassword());
    }
}
