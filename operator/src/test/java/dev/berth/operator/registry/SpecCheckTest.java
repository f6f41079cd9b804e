package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.certificate.Authority;
import dev.berth.operator.child.Refusals;
import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.ReferencedObjects;
import dev.berth.operator.tls.TlsSecret;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which specs are refused, and in which words. */
final class SpecCheckTest {
    private static final String VOLUME = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";
    private static final Secret ANY_PAIR = TlsSecret.of(
            new RegistryNames("team-a", "apps"),
            "own",
            new Authority(Clock.systemUTC(), new SecureRandom())
                    .keepOrMake("any", Optional.empty())
                    .pem());

    @Test
    void the_six_lines_are_fine() {
        assertThat(refusal(Expected.registry(), new Around(Optional.empty(), Set.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas: 2 | spec.replicas above 1",
                "metadata: {postgresql: {host: db, credentialsSecretRef: {name: db}}} | spec.metadata.postgresql",
                "retention: {untaggedFor: 24h} | spec.retention"
            })
    void what_is_not_served_yet_is_named(String line, String field) {
        assertThat(refusal(VOLUME + line))
                .hasValueSatisfying(stalled -> assertThat(stalled)
                        .isEqualTo(new Stalled(
                                "NotSupported",
                                field + " is not supported by Berth 0.1; remove it from the"
                                        + " spec. Until then a running server stays as it is")));
    }

    @Test
    void a_rule_for_somebody_who_does_not_exist_would_let_nobody_in() {
        assertThat(refusal(VOLUME + "access: {rules: [{subjects: [{user: ci}], repositories: [a], actions: [pull]}]}"))
                .hasValueSatisfying(
                        stalled -> assertThat(stalled.message())
                                .isEqualTo(
                                        "spec.access.rules names the user ci, but this Registry has only the users pull, push; name one of these, or add ci to spec.access.users"));
    }

    @Test
    void a_rule_may_name_a_user_of_the_spec() {
        assertThat(refusal(VOLUME + """
                access:
                  users: [{name: ci, passwordSecretRef: {name: ci}}]
                  rules: [{subjects: [{user: ci}], repositories: [a], actions: [pull]}]
                """)).isEmpty();
    }

    @Test
    void a_selector_that_can_t_be_read_is_quoted() {
        assertThat(refusal(
                        VOLUME + "pullSecrets: {namespaces: {selector: {matchExpressions: [{key: a, operator: In}]}}}"))
                .hasValueSatisfying(stalled -> assertThat(stalled.message()).contains("operator In on a needs values"));
    }

    @Test
    void a_storage_class_has_to_be_there() {
        var spec = "storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: fast}}";
        assertThat(refusal(spec)).map(Verdict::reason).hasValue("StorageClassNotFound");
        assertThat(refusal(Expected.registryOf(spec), new Around(Optional.empty(), Set.of("fast"))))
                .isEmpty();
    }

    @Test
    void a_storage_class_that_was_deleted_after_the_volume_was_made_is_not_missed() {
        var registry = Expected.registryOf("storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: fast}}");
        assertThat(SpecCheck.of(registry, new Around(Optional.empty(), Set.of()), true))
                .isEqualTo(Refusals.NONE);
    }

    @Test
    void every_refusal_is_told_and_holds_back_its_own_part_only() {
        var refusals = SpecCheck.of(
                Expected.registryOf(VOLUME + "replicas: 2\ntls: {secretRef: {name: own}}"),
                new Around(Optional.empty(), Set.of()),
                false);
        assertThat(refusals.first()).map(Verdict::reason).hasValue("NotSupported");
        assertThat(refusals.of(Part.CERTIFICATE)).map(Verdict::reason).hasValue("TlsSecretNotFound");
        assertThat(refusals.of(Part.VOLUME)).isEmpty();
    }

    @Test
    void a_certificate_of_ones_own_has_to_be_there_and_whole() {
        var registry = Expected.registryOf(VOLUME + "tls: {secretRef: {name: own}}");
        var empty = new Secret();
        assertThat(refusal(registry, new Around(Optional.empty(), Set.of())))
                .map(Verdict::reason)
                .hasValue("TlsSecretNotFound");
        assertThat(refusal(registry, new Around(Optional.of(empty), Set.of())))
                .map(Verdict::reason)
                .hasValue("TlsSecretInvalid");
        assertThat(refusal(registry, new Around(Optional.of(ANY_PAIR), Set.of())))
                .isEmpty();
    }

    private static Optional<Verdict> refusal(String spec) {
        return refusal(Expected.registryOf(spec), new Around(Optional.empty(), Set.of()));
    }

    private static Optional<Verdict> refusal(Registry registry, ReferencedObjects around) {
        return SpecCheck.of(registry, around, false).first();
    }

    /** A cluster with these things in it. */
    private record Around(Optional<Secret> secret, Set<String> storageClasses) implements ReferencedObjects {
        @Override
        public Optional<Secret> secret(String namespace, String name) {
            return secret;
        }

        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public boolean hasStorageClass(String name) {
            return storageClasses.contains(name);
        }
    }
}
