package dev.berth.operator.registry;

import dev.berth.operator.pullsecret.GivenUsers;
import dev.berth.operator.resource.NamedObjectsWatch.Named;
import dev.berth.v1alpha1.Access.Issuer;
import dev.berth.v1alpha1.Registry;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects that the spec of a Registry refers to and whose content the operator reads. Pure. */
final class RegistryInputs {
    private RegistryInputs() {}

    static Set<Named> of(Registry registry) {
        var namespace = registry.getMetadata().getNamespace();
        var spec = registry.getSpec();
        return Stream.of(
                        Stream.ofNullable(spec.tls().secretRef()).map(secret -> Named.secret(namespace, secret.name())),
                        GivenUsers.secretsOf(spec.access()).map(name -> Named.secret(namespace, name)),
                        spec.access().issuers().stream()
                                .map(Issuer::caRef)
                                .filter(Objects::nonNull)
                                .map(map -> Named.configMap(namespace, map.name())))
                .flatMap(named -> named)
                .collect(Collectors.toSet());
    }
}
