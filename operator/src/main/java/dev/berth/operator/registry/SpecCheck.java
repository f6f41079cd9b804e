package dev.berth.operator.registry;

import static dev.berth.operator.child.RegistryReasons.NOT_SUPPORTED;
import static dev.berth.operator.child.RegistryReasons.SELECTOR_INVALID;
import static dev.berth.operator.child.RegistryReasons.STORAGE_CLASS_NOT_FOUND;
import static dev.berth.operator.child.RegistryReasons.TLS_SECRET_INVALID;
import static dev.berth.operator.child.RegistryReasons.TLS_SECRET_NOT_FOUND;
import static dev.berth.operator.child.RegistryReasons.USER_UNKNOWN;

import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.child.Refusals;
import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.child.Refusals.Refusal;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.pullsecret.NamespaceSelector;
import dev.berth.operator.pullsecret.Users;
import dev.berth.operator.resource.ReferencedObjects;
import dev.berth.operator.tls.TlsSecret;
import dev.berth.v1alpha1.Access.Subject;
import dev.berth.v1alpha1.Registry;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks what the schema of a Registry cannot check, and says which part of the work each refusal holds back. Pure but for `around`. */
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
     * All refusals of a spec.
     *
     * @param volumeIsThere whether the PersistentVolumeClaim exists; from then on its StorageClass is no longer needed
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

    private static Optional<Refusal> refusal(Part part, Optional<? extends Verdict> why) {
        return why.map(verdict -> new Refusal(part, verdict));
    }

    private static Stalled notSupported(String field) {
        return new Stalled(
                NOT_SUPPORTED,
                field
                        + " is not supported by Berth 0.1; remove it from the spec. Until then a running server stays as it is");
    }

    private static Optional<Stalled> unknownUser(Registry registry) {
        var access = registry.getSpec().access();
        return access.rules().stream()
                .flatMap(rule -> rule.subjects().stream())
                .map(Subject::user)
                .filter(Objects::nonNull)
                .filter(user -> !Users.names(access).contains(user))
                .map(user -> new Stalled(
                        USER_UNKNOWN,
                        "spec.access.rules names the user " + user + ", but this Registry has only the users "
                                + String.join(", ", Users.names(access))
                                + "; name one of these, or add " + user + " to spec.access.users"))
                .findFirst();
    }

    private static Optional<Stalled> invalidSelector(Registry registry) {
        return NamespaceSelector.fault(registry.getSpec().pullSecrets())
                .map(fault -> new Stalled(
                        SELECTOR_INVALID,
                        "spec.pullSecrets.namespaces.selector is invalid: " + fault + "; correct it"));
    }

    private Optional<Stalled> missingStorageClass() {
        return Optional.ofNullable(registry.getSpec().storage().persistentVolumeClaim())
                .filter(volume -> !volumeIsThere)
                .flatMap(volume -> Optional.ofNullable(volume.storageClassName()))
                .filter(name -> !around.hasStorageClass(name))
                .map(name -> new Stalled(
                        STORAGE_CLASS_NOT_FOUND,
                        "the StorageClass " + name + " that spec.storage.persistentVolumeClaim names does not exist;"
                                + " to list those that do: kubectl get storageclass"));
    }

    private Optional<Verdict> unusableTlsSecret() {
        var reference = registry.getSpec().tls().secretRef();
        if (reference == null) {
            return Optional.empty();
        }
        var secret = around.secret(registry.getMetadata().getNamespace(), reference.name());
        if (secret.isEmpty()) {
            return Optional.of(new InProgress(
                    TLS_SECRET_NOT_FOUND,
                    "the Secret " + reference.name()
                            + " that spec.tls.secretRef names does not exist in this namespace; create it with:"
                            + " kubectl create secret tls " + reference.name() + " --cert=… --key=…"));
        }
        return secret.flatMap(TlsSecret::read).flatMap(KeyPairPem::read).isPresent()
                ? Optional.empty()
                : Optional.of(new Stalled(
                        TLS_SECRET_INVALID,
                        "the Secret " + reference.name()
                                + " that spec.tls.secretRef names needs a certificate in tls.crt and its unencrypted"
                                + " private key in tls.key"));
    }
}
