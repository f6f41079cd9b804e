package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people do to a registry's children is put right, without a hand; what isn't the operator's is left alone. */
final class HealingIT {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Secret", Secret.class,
            "ConfigMap", ConfigMap.class,
            "Service", Service.class,
            "StatefulSet", StatefulSet.class,
            "NetworkPolicy", NetworkPolicy.class,
            "PersistentVolumeClaim", PersistentVolumeClaim.class);

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    private static Scene scene = Scene.in("healing");

    @BeforeAll
    static void apply() {
        scene.applyApps("storage: {persistentVolumeClaim: {size: 1Gi}}\n");
        scene.awaitChildren();
    }

    @ParameterizedTest
    @CsvSource({
        "Secret, apps-pull", "Secret, apps-push", "Secret, apps-tls", "Secret, apps-users", "Secret, apps-ca",
        "ConfigMap, apps-ca", "ConfigMap, apps-config", "Service, apps", "StatefulSet, apps", "NetworkPolicy, apps"
    })
    void a_deleted_child_comes_back(String kind, String name) {
        var type = Objects.requireNonNull(KINDS.get(kind));
        var uid = scene.get(type, name).getMetadata().getUid();
        scene.delete(type, name);
        scene.awaitThat(type, name, child -> !child.getMetadata().getUid().equals(uid));
    }

    @Test
    void a_new_authority_signs_a_new_certificate_and_clients_are_told() {
        var trusted = scene.get(ConfigMap.class, "apps-ca").getData().get("ca.crt");
        var certificate = Scene.text(scene.get(Secret.class, "apps-tls"), "tls.crt");
        scene.delete(Secret.class, "apps-ca");
        scene.awaitThat(
                ConfigMap.class, "apps-ca", map -> !Objects.equals(map.getData().get("ca.crt"), trusted));
        scene.awaitThat(
                Secret.class,
                "apps-tls",
                secret -> !Scene.text(secret, "tls.crt").equals(certificate));
    }

    @Test
    void a_broken_certificate_is_issued_again() {
        scene.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: apps-tls}
                type: kubernetes.io/tls
                stringData: {tls.crt: this is no certificate, tls.key: nor is this a key}
                """);
        scene.awaitThat(
                Secret.class,
                "apps-tls",
                secret -> Scene.text(secret, "tls.crt").startsWith("-----BEGIN"));
    }

    @Test
    void a_child_that_lost_its_labels_is_found_again_and_keeps_what_it_holds() {
        var keys = Scene.text(scene.get(Secret.class, "apps-users"), "passwords.json");
        ApiServer.running()
                .admin()
                .secrets()
                .inNamespace("healing")
                .withName("apps-users")
                .edit(secret -> {
                    secret.getMetadata().setLabels(Map.of());
                    return secret;
                });
        var healed = scene.awaitThat(
                Secret.class,
                "apps-users",
                secret -> !secret.getMetadata().getLabels().isEmpty());
        assertThat(Scene.text(healed, "passwords.json")).isEqualTo(keys);
    }

    @Test
    void what_others_add_to_a_child_stays() {
        ApiServer.running()
                .admin()
                .services()
                .inNamespace("healing")
                .withName("apps")
                .edit(service -> {
                    service.getMetadata().getAnnotations().put("example.com/theirs", "yes");
                    service.getSpec().getSelector().put("app.kubernetes.io/instance", "tampered");
                    return service;
                });
        var healed = scene.awaitThat(
                Service.class,
                "apps",
                service -> service.getSpec().getSelector().containsValue("apps"));
        assertThat(healed.getMetadata().getAnnotations()).containsEntry("example.com/theirs", "yes");
    }

    @Test
    void an_object_of_the_same_name_that_berth_did_not_make_is_left_as_it_is() {
        var other = Scene.in("healing-taken");
        other.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: apps-users}
                stringData: {mine: not yours}
                """);
        other.applyApps("storage: {persistentVolumeClaim: {size: 1Gi}}\n");
        assertThat(other.awaitCondition("Ready", "False", "NameTaken").message())
                .contains("there is a Secret apps-users in namespace healing-taken that Berth did not make");
        assertThat(other.get(Secret.class, "apps-users").getData()).containsOnlyKeys("mine");

        other.delete(Secret.class, "apps-users");
        other.awaitThat(
                Registry.class,
                "apps",
                registry -> Scene.condition(registry, "Ready")
                        .filter(ready -> ready.reason().equals("Starting"))
                        .isPresent());
    }
}
