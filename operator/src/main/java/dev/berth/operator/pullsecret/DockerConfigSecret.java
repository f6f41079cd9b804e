package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.network.ExternalAddresses;
import dev.berth.operator.resource.SecretText;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A Secret of type `kubernetes.io/dockerconfigjson` in the Registry's namespace with the credentials of one user, for the names in the
 * cluster and those outside.
 *
 * <p>Copies in other namespaces have only the names in the cluster. Nothing proves that a hostname of the spec belongs to the Registry, and
 * credentials for `docker.io` would make pods fail that pull there.
 */
public final class DockerConfigSecret extends RegistryChild<Secret> {
    private final Function<RegistryNames, String> nameOf;
    private final Content content;

    /** Makes the Secret with entries for `outside`, the hosts by which clients outside the cluster call the Registry. */
    private interface Content {
        Secret of(RegistryNames names, Users users, List<String> outside);
    }

    private DockerConfigSecret(String child, Function<RegistryNames, String> nameOf, Content content) {
        super(Secret.class, child);
        this.nameOf = nameOf;
        this.content = content;
    }

    /** The Secret with user `pull`, which pods name in `imagePullSecrets`. */
    public static DockerConfigSecret forPull() {
        return new DockerConfigSecret("pull secret", RegistryNames::pullSecret, DockerConfigSecret::pull);
    }

    /** The Secret with user `push`, which builds log in with. It goes to no other namespace. */
    public static DockerConfigSecret forPush() {
        return new DockerConfigSecret("push secret", RegistryNames::pushSecret, DockerConfigSecret::push);
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return nameOf.apply(names);
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        return content.of(
                RegistryNames.of(registry),
                UsersSecret.users(registry, context),
                ExternalAddresses.of(registry, context).inImageNames());
    }

    static Secret pull(RegistryNames names, Users users, List<String> outside) {
        return of(names, names.pullSecret(), outside, Users.PULL, users.password(Users.PULL, names.namespace()))
                .build();
    }

    /** The Secret for pods of another namespace. */
    static Secret copy(RegistryNames names, Users users, String namespace) {
        return of(names, names.pullSecret(), List.of(), Users.PULL, users.password(Users.PULL, namespace))
                .build();
    }

    /** The username and the password are there by themselves, too, since a CI often wants them apart. */
    static Secret push(RegistryNames names, Users users, List<String> outside) {
        var password = users.password(Users.PUSH, names.namespace());
        return of(names, names.pushSecret(), outside, Users.PUSH, password)
                .addToData(SecretText.encode(Map.of("username", Users.PUSH, "password", password)))
                .build();
    }

    private static SecretBuilder of(
            RegistryNames names, String name, List<String> outside, String user, String password) {
        var hosts = Stream.concat(Stream.of(names.address(), names.fullAddress()), outside.stream())
                .distinct()
                .toList();
        return new SecretBuilder()
                .withMetadata(RegistryLabels.metadata(names, name))
                .withType("kubernetes.io/dockerconfigjson")
                .withData(SecretText.encode(Map.of(".dockerconfigjson", json(hosts, user, password))));
    }

    /** Docker's `config.json` with the same credentials for each host. The same input gives the same text. */
    static String json(List<String> hosts, String user, String password) {
        var config = JsonNodeFactory.instance.objectNode();
        var auths = config.putObject("auths");
        for (var host : hosts) {
            auths.putObject(host)
                    .put("username", user)
                    .put("password", password)
                    .put("auth", Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
        }
        return config.toString();
    }
}
