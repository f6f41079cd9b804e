package dev.berth.operator.registry;

import dev.berth.operator.pullsecret.UserCredentials;
import dev.berth.operator.pullsecret.Users;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret with the registry's users: the truth about their passwords. Who changes one here changes it everywhere; who
 * deletes the Secret gets new ones.
 */
public final class UsersSecret extends RegistryChild<Secret> {

    static final String HTPASSWD = "htpasswd";
    private static final String PULL_PASSWORD = "pull-password";
    private static final String PUSH_PASSWORD = "push-password";

    private final UserCredentials credentials;

    public UsersSecret(UserCredentials credentials) {
        super(Secret.class);
        this.credentials = credentials;
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.users();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        var kept = credentials.keepOrMake(
                actual.flatMap(secret -> SecretText.read(secret, PULL_PASSWORD)),
                actual.flatMap(secret -> SecretText.read(secret, PUSH_PASSWORD)),
                actual.flatMap(secret -> SecretText.read(secret, HTPASSWD)));
        return of(RegistryNames.of(registry), kept);
    }

    static Optional<Users> read(Secret secret) {
        return SecretText.read(secret, PULL_PASSWORD)
                .flatMap(pull -> SecretText.read(secret, PUSH_PASSWORD)
                        .flatMap(push -> SecretText.read(secret, HTPASSWD).map(lines -> new Users(pull, push, lines))));
    }

    static Secret of(RegistryNames names, Users users) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(names.users())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .endMetadata()
                .withType("Opaque")
                .withData(SecretText.encode(Map.of(
                        HTPASSWD, users.htpasswd(),
                        PULL_PASSWORD, users.pullPassword(),
                        PUSH_PASSWORD, users.pushPassword())))
                .build();
    }
}
