package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs that the schema lets through, and that can't be served: they stall with a sentence, and change nothing. */
final class RefusedSpecIT {
    private static final String VOLUME = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";

    /** A field that this version does not serve. */
    private static final String RETENTION = "retention: {tags: [{repositories: [web], newest: 3}]}\n";

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refused-s3        | 'storage: {s3: {bucket: images}}' | spec.storage.s3 is not supported by Berth",
                "refused-retention | 'storage: {persistentVolumeClaim: {size: 1Gi}}\nretention: {tags: [{repositories: [web], newest: 3}]}' | spec.retention is not supported by Berth"
            })
    void what_this_version_does_not_serve_is_said(String namespace, String spec, String sentence) {
        var scene = Scene.in(namespace);
        scene.applyApps(spec);
        assertThat(scene.awaitCondition("Stalled", "True", "NotSupported").message())
                .contains(sentence);
        scene.awaitCondition("Ready", "False", "NotSupported");
        assertThat(scene.find(StatefulSet.class, "apps")).isEmpty();
    }

    @Test
    void a_running_registry_goes_on_as_it_was_until_the_spec_is_put_right() {
        var scene = Scene.in("refused-later");
        scene.applyApps(VOLUME);
        scene.awaitChildren();
        var before = scene.get(StatefulSet.class, "apps").getSpec();
        scene.applyApps(
                VOLUME + "pullSecrets: {namespaces: {selector: {matchExpressions: [{key: a, operator: Is}]}}}\n");
        assertThat(scene.awaitCondition("Stalled", "True", "SelectorInvalid").message())
                .contains("operator Is on a is none of In, NotIn, Exists, DoesNotExist");
        assertThat(scene.get(StatefulSet.class, "apps").getSpec()).isEqualTo(before);

        scene.applyApps(VOLUME);
        scene.awaitThat(
                Registry.class,
                "apps",
                registry -> Scene.condition(registry, "Stalled").isEmpty());
    }

    @Test
    void a_storage_class_that_is_not_there_is_named() {
        var scene = Scene.in("refused-class");
        scene.applyApps("storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: fast}}\n");
        assertThat(scene.awaitCondition("Stalled", "True", "StorageClassNotFound")
                        .message())
                .startsWith("the StorageClass fast that spec.storage.persistentVolumeClaim names does not exist");
    }

    @Test
    void a_storage_class_that_is_deleted_after_the_volume_was_bound_stops_nothing() {
        var scene = Scene.in("class-gone");
        scene.storageClass("short-lived", true);
        scene.applyApps("storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: short-lived}}\n");
        scene.awaitChildren();
        scene.serve("127.88.0.21");
        scene.awaitCondition("Ready", "True", "Serving");
        scene.deleteStorageClass("short-lived");
        scene.applyApps("""
                storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: short-lived}}
                hostnames: [class-gone.example.com]
                """);
        scene.awaitThat(
                Secret.class, "apps-tls", secret -> Certificates.namesIn(secret).contains("class-gone.example.com"));
        scene.awaitCondition("Ready", "True", "Serving");
    }

    @Test
    void what_runs_is_kept_up_while_one_field_is_refused() {
        var scene = Scene.in("kept-up");
        var team = Scene.in("kept-up-team");
        team.consentTo("kept-up");
        scene.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [kept-up-team]}}\n");
        scene.awaitChildren();
        var refused = VOLUME + "pullSecrets: {namespaces: {names: [kept-up-team]}}\n" + RETENTION;
        scene.applyApps(refused);
        scene.awaitCondition("Stalled", "True", "NotSupported");

        scene.delete(StatefulSet.class, "apps");
        scene.delete(Secret.class, "apps-pull");
        team.delete(Secret.class, "apps-pull");
        scene.awaitThat(Secret.class, "apps-pull", secret -> true);
        team.awaitThat(Secret.class, "apps-pull", secret -> true);
        scene.applyApps(refused + "hostnames: [kept-up.example.com]\n");
        scene.awaitThat(
                Secret.class, "apps-tls", secret -> Certificates.namesIn(secret).contains("kept-up.example.com"));
    }

    @Test
    void copies_stay_and_follow_a_new_password_while_the_selector_can_t_be_read() {
        var scene = Scene.in("frozen");
        var team = Scene.in("frozen-team");
        team.consentTo("frozen");
        scene.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [frozen-team]}}\n");
        var before = team.awaitThat(Secret.class, "apps-pull", secret -> true);
        scene.applyApps(
                VOLUME + "pullSecrets: {namespaces: {selector: {matchExpressions: [{key: a, operator: Is}]}}}\n");
        scene.awaitCondition("Stalled", "True", "SelectorInvalid");
        scene.delete(Secret.class, "apps-users");
        team.awaitThat(Secret.class, "apps-pull", secret -> !secret.getData().equals(before.getData()));
    }

    @Test
    void a_volume_that_can_not_grow_serves_on_and_its_size_can_go_back() {
        var scene = Scene.in("fixed-size");
        scene.storageClass("fixed", false);
        scene.applyApps("storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: fixed}}\n");
        scene.awaitChildren();
        scene.serve("127.88.0.22");
        scene.awaitCondition("Ready", "True", "Serving");

        scene.applyApps("storage: {persistentVolumeClaim: {size: 2Gi, storageClassName: fixed}}\n");
        assertThat(scene.awaitCondition("VolumeExpanded", "False", "ExpansionRefused")
                        .message())
                .contains("is 2Gi, but the volume stays at 1Gi", "Set the size back to 1Gi");
        scene.awaitCondition("Ready", "True", "Serving");

        scene.applyApps("storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: fixed}}\n");
        scene.awaitCondition("VolumeExpanded", "True", "AsRequested");
    }

    @Test
    void a_size_can_not_go_back_below_what_the_claim_has_grown_to() {
        var scene = Scene.in("grown");
        scene.applyApps(VOLUME);
        scene.awaitChildren();
        scene.bindVolume();
        scene.applyApps("storage: {persistentVolumeClaim: {size: 3Gi}}\n");
        scene.awaitThat(
                Registry.class,
                "apps",
                registry -> Optional.ofNullable(registry.getStatus().storage())
                        .filter(storage -> "3Gi".equals(storage.requested()))
                        .isPresent());
        assertThatThrownBy(() -> scene.applyApps(VOLUME))
                .hasMessageContaining("its PersistentVolumeClaim has not been expanded");
    }

    @Test
    void a_certificate_that_does_not_name_what_nodes_dial_is_said_before_a_pod_fails() {
        var scene = Scene.in("other-names");
        Certificates.forNames("own", "registry.example.com", "apps.other-names.svc")
                .putInto(scene);
        scene.applyApps(VOLUME + "tls: {secretRef: {name: own}}\n");
        assertThat(scene.awaitCondition("CertificateValid", "False", "CertificateNameMissing")
                        .message())
                .contains("apps.other-names.svc, registry.example.com", "nodes connect to 10.");

        scene.applyApps(VOLUME + "tls: {secretRef: {name: own}}\nhostnames: [registry.example.com]\n");
        scene.awaitCondition("CertificateValid", "True", "Valid");
        assertThat(scene.get(ConfigMap.class, "apps-ca").getMetadata().getAnnotations())
                .containsEntry("berth.dev/node-endpoint", "registry.example.com");
    }

    @Test
    void a_certificate_of_ones_own_is_waited_for_checked_and_served() {
        var scene = Scene.in("own-tls");
        scene.applyApps(VOLUME + "tls: {secretRef: {name: own}}\n");
        assertThat(scene.awaitCondition("Reconciling", "True", "TlsSecretNotFound")
                        .message())
                .contains("kubectl create secret tls own");
        scene.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: own}
                type: kubernetes.io/tls
                stringData: {tls.crt: not, tls.key: yet}
                """);
        scene.awaitCondition("Stalled", "True", "TlsSecretInvalid");

        var pair = scene("own-tls-source").get(Secret.class, "apps-tls");
        pair.setMetadata(
                new ObjectMetaBuilder().withName("own").withNamespace("own-tls").build());
        ApiServer.running().admin().resource(pair).update();
        scene.awaitThat(
                ConfigMap.class,
                "apps-ca",
                map -> Scene.text(pair, "tls.crt").equals(map.getData().get("ca.crt")));
        scene.awaitChildren();
        assertThat(scene.get(StatefulSet.class, "apps")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getVolumes())
                .filteredOn(volume -> volume.getName().equals("tls"))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("own"));
    }

    /** A registry from which a certificate can be taken. */
    private static Scene scene(String namespace) {
        var scene = Scene.in(namespace);
        scene.applyApps(VOLUME);
        scene.awaitChildren();
        return scene;
    }
}
