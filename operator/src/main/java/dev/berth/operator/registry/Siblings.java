package dev.berth.operator.registry;

import dev.berth.operator.certificate.Identity;
import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.pullsecret.Users;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/** What a child reads of its siblings: those that the workflow has done before it, as they are by now. */
final class Siblings {

    private final RegistryNames names;
    private final Context<Registry> context;

    private Siblings(RegistryNames names, Context<Registry> context) {
        this.names = names;
        this.context = context;
    }

    static Siblings of(Registry registry, Context<Registry> context) {
        return new Siblings(RegistryNames.of(registry), context);
    }

    Identity authority() {
        return find(Secret.class, names.authority())
                .flatMap(TlsSecret::read)
                .flatMap(KeyPairPem::read)
                .orElseThrow(() -> new MissingChild("Secret", names.authority()));
    }

    KeyPairPem certificate() {
        return find(Secret.class, names.certificate())
                .flatMap(TlsSecret::read)
                .orElseThrow(() -> new MissingChild("Secret", names.certificate()));
    }

    Users users() {
        return find(Secret.class, names.users())
                .flatMap(UsersSecret::read)
                .orElseThrow(() -> new MissingChild("Secret", names.users()));
    }

    String configuration() {
        return find(ConfigMap.class, names.configuration())
                .flatMap(map -> Optional.ofNullable(map.getData().get(ServerConfigMap.FILE)))
                .orElseThrow(() -> new MissingChild("ConfigMap", names.configuration()));
    }

    String clusterIp() {
        return find(Service.class, names.service())
                .map(service -> service.getSpec().getClusterIP())
                .orElseThrow(() -> new MissingChild("Service", names.service()));
    }

    <R extends HasMetadata> Optional<R> find(Class<R> type, String name) {
        return context.getSecondaryResourcesAsStream(type)
                .filter(object -> object.getMetadata().getNamespace().equals(names.namespace()))
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }
}
