package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.SecretText;
import dev.berth.protocol.password.PasswordKey;
import dev.berth.protocol.password.PasswordKeys;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Secret with the users of a Registry: the keys that make the passwords of pull and push secrets, and the users file. If the Secret is
 * deleted, Berth makes new keys, and all passwords end at once.
 */
public final class UsersSecret extends RegistryChild<Secret> {
    public static final String HTPASSWD = "htpasswd";
    public static final String KEYS = "passwords.json";

    /** Passwords of an older version, by user. They are valid until the server has keys, and for the overlap after that. */
    private static final Map<String, String> FIXED =
            new TreeMap<>(Map.of(Users.PULL, "pull-password", Users.PUSH, "push-password"));

    private static final Logger LOG = LoggerFactory.getLogger(UsersSecret.class);

    private final UserCredentials credentials;
    private final RandomGenerator random;
    private final Clock clock;

    /** @param random makes the secrets of keys, so nobody must be able to predict it */
    public UsersSecret(UserCredentials credentials, SecureRandom random, Clock clock) {
        super(Secret.class);
        this.credentials = credentials;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.users();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        var present = actual.map(UsersSecret::keys).orElse(PasswordKeys.NONE);
        var keys = rotation(registry, context).after(present);
        var htpasswd = credentials.htpasswd(
                keys, GivenUsers.in(context), actual.flatMap(secret -> SecretText.read(secret, HTPASSWD)));
        return of(RegistryNames.of(registry), new Users(keys, htpasswd));
    }

    private CredentialRotation rotation(Registry registry, Context<Registry> context) {
        return new CredentialRotation(
                CredentialWishes.of(registry), KeysOfServer.in(context).ids(), random, clock.instant());
    }

    /** When the keys change next without anybody asking for it; empty if nothing is planned. */
    public Optional<Instant> next(Registry registry, Context<Registry> context) {
        return Siblings.of(registry, context)
                .find(Secret.class, RegistryNames.of(registry).users())
                .map(UsersSecret::keys)
                .flatMap(rotation(registry, context)::next);
    }

    /** The users of a Registry. */
    public static Users users(Registry registry, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        return siblings.read(Secret.class, siblings.names().users(), UsersSecret::read);
    }

    private static Optional<Users> read(Secret secret) {
        return SecretText.read(secret, HTPASSWD).map(lines -> new Users(keys(secret), lines));
    }

    /** The keys; none if somebody has made them unreadable. */
    private static PasswordKeys keys(Secret secret) {
        return SecretText.read(secret, KEYS).map(UsersSecret::read).orElseGet(() -> fixed(secret));
    }

    private static PasswordKeys read(String json) {
        try {
            return PasswordKeys.read(json.getBytes(UTF_8));
        } catch (IOException e) {
            LOG.warn("The keys of passwords in a Secret are unreadable and are made again");
            return PasswordKeys.NONE;
        }
    }

    private static PasswordKeys fixed(Secret secret) {
        var keys = new ArrayList<PasswordKey>();
        FIXED.forEach((user, field) -> SecretText.read(secret, field)
                .map(password -> PasswordKey.fixed(user, password))
                .ifPresent(keys::add));
        return new PasswordKeys(keys, "", Map.of());
    }

    static Secret of(RegistryNames names, Users users) {
        return new SecretBuilder()
                .withMetadata(RegistryLabels.metadata(names, names.users()))
                .withType("Opaque")
                .withData(SecretText.encode(
                        Map.of(HTPASSWD, users.htpasswd(), KEYS, users.keys().json())))
                .build();
    }
}
