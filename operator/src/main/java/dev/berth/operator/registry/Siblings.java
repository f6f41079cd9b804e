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
import io.javaoperatorsdk.operator.processing.event.ResourceID;
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

    /** The authority, whose keys are looked at once in a reconciliation: to see that they belong together takes milliseconds. */
    Identity authority() {
        return find(Secret.class, names.authority())
                .flatMap(TlsSecret::read)
                .flatMap(this::identity)
                .orElseThrow(() -> new MissingChild("Secret", names.authority()));
    }

    private Optional<Identity> identity(KeyPairPem pair) {
        var authority = context.managedWorkflowAndDependentResourceContext()
                .get(ReadAuthority.class, ReadAuthority.class)
                .filter(read -> read.pair().equals(pair));
        if (authority.isPresent()) {
            return authority.map(ReadAuthority::identity);
        }
        var identity = pair.read();
        identity.ifPresent(read -> knowAuthority(pair, read));
        return identity;
    }

    /** An authority that is known to be right. */
    private record ReadAuthority(KeyPairPem pair, Identity identity) {}

    /** Tells the other children of an authority that was made or looked at. */
    void knowAuthority(KeyPairPem pair, Identity identity) {
        context.managedWorkflowAndDependentResourceContext()
                .put(ReadAuthority.class, new ReadAuthority(pair, identity));
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
        return Watches.find(type, new ResourceID(name, names.namespace()), context);
    }
}
