package dev.berth.operator.registry;

import static dev.berth.operator.registry.RegistryReasons.NOT_SUPPORTED;
import static dev.berth.operator.registry.RegistryReasons.SELECTOR_INVALID;
import static dev.berth.operator.registry.RegistryReasons.STORAGE_CLASS_NOT_FOUND;
import static dev.berth.operator.registry.RegistryReasons.TLS_SECRET_INVALID;
import static dev.berth.operator.registry.RegistryReasons.TLS_SECRET_NOT_FOUND;
import static dev.berth.operator.registry.RegistryReasons.USER_UNKNOWN;

import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.pullsecret.NamespaceSelector;
import dev.berth.operator.pullsecret.Users;
import dev.berth.operator.registry.Refusals.Part;
import dev.berth.operator.registry.Refusals.Refusal;
import dev.berth.v1alpha1.Access.Subject;
import dev.berth.v1alpha1.Registry;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the schema can't say about a spec, and what each refusal holds back. */
final class SpecCheck {

    private final Registry registry;
    private final ReferencedObjects around;
    private final boolean volumeIsThere;

    private SpecCheck(Registry registry, ReferencedObjects around, boolean volumeIsThere) {
        this.registry = registry;
        this.around = around;
        this.volumeIsThere = volumeIsThere;
    }

    /**
     * Everything that is refused.
     *
     * @param volumeIsThere whether the volume's claim exists: from then on its storage class is no longer needed
     */
    static Refusals of(Registry registry, ReferencedObjects around, boolean volumeIsThere) {
        var check = new SpecCheck(registry, around, volumeIsThere);
        return new Refusals(Stream.of(
                        refusal(
                                Part.FIRST_START,
                                UnsupportedFields.find(registry.getSpec()).map(SpecCheck::notSupported)),
                        refusal(Part.ACCESS_RULES, unknownUser(registry)),
                        refusal(Part.PULL_SECRET_COPIES, invalidSelector(registry)),
                        refusal(Part.VOLUME, check.missingStorageClass()),
                        refusal(Part.CERTIFICATE, check.unusableTlsSecret()))
                .flatMap(Optional::stream)
                .toList());
    }

    private static Optional<Refusal> refusal(Part part, Optional<Stalled> why) {
        return why.map(stalled -> new Refusal(part, stalled));
    }

    private static Stalled notSupported(String field) {
        return new Stalled(
                NOT_SUPPORTED,
                field
                        + " is not supported yet by Berth 0.1; take it out of the spec, and what runs goes on as it is until then");
    }

    private static Optional<Stalled> unknownUser(Registry registry) {
        return registry.getSpec().access().rules().stream()
                .flatMap(rule -> rule.subjects().stream())
                .map(Subject::user)
                .filter(Objects::nonNull)
                .filter(user -> !Users.NAMES.contains(user))
                .map(user -> new Stalled(
                        USER_UNKNOWN,
                        "spec.access.rules names the user " + user + "; this registry's users are " + Users.PULL
                                + " and " + Users.PUSH))
                .findFirst();
    }

    private static Optional<Stalled> invalidSelector(Registry registry) {
        return NamespaceSelector.fault(registry.getSpec().pullSecrets())
                .map(fault -> new Stalled(
                        SELECTOR_INVALID,
                        "spec.pullSecrets.namespaces.selector can't be read: " + fault + "; correct it"));
    }

    private Optional<Stalled> missingStorageClass() {
        return Optional.ofNullable(registry.getSpec().storage().persistentVolumeClaim())
                .filter(volume -> !volumeIsThere)
                .flatMap(volume -> Optional.ofNullable(volume.storageClassName()))
                .filter(name -> !around.hasStorageClass(name))
                .map(name -> new Stalled(
                        STORAGE_CLASS_NOT_FOUND,
                        "the cluster has no StorageClass " + name + ", which spec.storage.persistentVolumeClaim names;"
                                + " kubectl get storageclass shows those that it has"));
    }

    private Optional<Stalled> unusableTlsSecret() {
        var reference = registry.getSpec().tls().secretRef();
        if (reference == null) {
            return Optional.empty();
        }
        var secret = around.secret(registry.getMetadata().getNamespace(), reference.name());
        if (secret.isEmpty()) {
            return Optional.of(new Stalled(
                    TLS_SECRET_NOT_FOUND,
                    "there is no Secret " + reference.name()
                            + " in this namespace, which spec.tls.secretRef names; make it with"
                            + " kubectl create secret tls " + reference.name() + " --cert=… --key=…"));
        }
        return secret.flatMap(TlsSecret::read).flatMap(KeyPairPem::read).isPresent()
                ? Optional.empty()
                : Optional.of(new Stalled(
                        TLS_SECRET_INVALID,
                        "the Secret " + reference.name()
                                + ", which spec.tls.secretRef names, needs a certificate in tls.crt and"
                                + " its private key (unencrypted) in tls.key"));
    }
}
