package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.SecretText;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A Secret of type `kubernetes.io/dockerconfigjson` in the Registry's namespace with the credentials of one user. */
public final class DockerConfigSecret extends RegistryChild<Secret> {
    private final Function<RegistryNames, String> nameOf;
    private final BiFunction<RegistryNames, Users, Secret> secret;

    private DockerConfigSecret(
            String child, Function<RegistryNames, String> nameOf, BiFunction<RegistryNames, Users, Secret> secret) {
        super(Secret.class, child);
        this.nameOf = nameOf;
        this.secret = secret;
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
        return secret.apply(RegistryNames.of(registry), UsersSecret.users(registry, context));
    }

    static Secret pull(RegistryNames names, Users users) {
        return of(names, names.pullSecret(), Users.PULL, users.pullPassword());
    }

    static Secret push(RegistryNames names, Users users) {
        return of(names, names.pushSecret(), Users.PUSH, users.pushPassword());
    }

    private static Secret of(RegistryNames names, String name, String user, String password) {
        var hosts = List.of(names.address(), names.fullAddress());
        return new SecretBuilder()
                .withMetadata(RegistryLabels.metadata(names, name))
                .withType("kubernetes.io/dockerconfigjson")
                .withData(SecretText.encode(Map.of(".dockerconfigjson", json(hosts, user, password))))
                .build();
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
