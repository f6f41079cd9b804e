package dev.berth.operator.pullsecret;

import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.SecretText;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret with the users of a Registry. A password that is changed here changes everywhere; if the Secret is
 * deleted, Berth makes new passwords.
 */
public final class UsersSecret extends RegistryChild<Secret> {
    public static final String HTPASSWD = "htpasswd";
    private static final String PULL_PASSWORD = "pull-password";
    private static final String PUSH_PASSWORD = "push-password";

    private final UserCredentials credentials;

    public UsersSecret(UserCredentials credentials) {
        super(Secret.class);
        this.credentials = credentials;
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.users();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        var kept = credentials.keepOrMake(
                actual.flatMap(secret -> SecretText.read(secret, PULL_PASSWORD)),
                actual.flatMap(secret -> SecretText.read(secret, PUSH_PASSWORD)),
                actual.flatMap(secret -> SecretText.read(secret, HTPASSWD)),
                GivenUsers.in(context));
        return of(RegistryNames.of(registry), kept);
    }

    /** The users of a Registry. */
    public static Users users(Registry registry, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        return siblings.read(Secret.class, siblings.names().users(), UsersSecret::read);
    }

    private static Optional<Users> read(Secret secret) {
        return SecretText.read(secret, PULL_PASSWORD)
                .flatMap(pull -> SecretText.read(secret, PUSH_PASSWORD)
                        .flatMap(push -> SecretText.read(secret, HTPASSWD).map(lines -> new Users(pull, push, lines))));
    }

    static Secret of(RegistryNames names, Users users) {
        return new SecretBuilder()
                .withMetadata(RegistryLabels.metadata(names, names.users()))
                .withType("Opaque")
                .withData(SecretText.encode(Map.of(
                        HTPASSWD, users.htpasswd(),
                        PULL_PASSWORD, users.pullPassword(),
                        PUSH_PASSWORD, users.pushPassword())))
                .build();
    }
}
