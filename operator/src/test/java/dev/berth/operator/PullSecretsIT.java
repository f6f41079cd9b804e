package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the pull secret goes, and where it goes away again. */
final class PullSecretsIT {
    private static final String VOLUME = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void a_namespace_has_the_secret_for_as_long_as_its_labels_select_it() {
        var scene = Scene.in("by-label");
        var there = Scene.in("by-label-there");
        there.consentTo("by-label");
        scene.applyApps(VOLUME + "pullSecrets: {namespaces: {selector: {matchLabels: {images: by-label}}}}\n");
        scene.awaitCondition("PullSecretsSynced", "True", "Synced");
        assertThat(there.find(Secret.class, "apps-pull")).isEmpty();

        label("by-label-there", Map.of("images", "by-label"));
        var copy = there.awaitThat(Secret.class, "apps-pull", secret -> true);
        assertThat(there.awaitThat(ConfigMap.class, "apps.by-label-ca", map -> true)
                        .getData())
                .as("the authority of the registry")
                .isEqualTo(scene.get(ConfigMap.class, "apps-ca").getData());
        assertThat(Scene.text(copy, ".dockerconfigjson"))
                .as("a password of its own for the same registry")
                .contains("\"apps.by-label.svc\":{\"username\":\"pull\"", ".by-label-there.0.");
        assertThat(copy.getMetadata().getLabels()).containsEntry("berth.dev/registry", "by-label.apps");

        there.delete(Secret.class, "apps-pull");
        there.delete(ConfigMap.class, "apps.by-label-ca");
        there.awaitThat(Secret.class, "apps-pull", secret -> true);
        there.awaitThat(ConfigMap.class, "apps.by-label-ca", map -> true);

        label("by-label-there", Map.of("images", "others"));
        there.awaitNone(Secret.class, "apps-pull");
        there.awaitNone(ConfigMap.class, "apps.by-label-ca");
    }

    @Test
    void a_named_namespace_gets_the_secret_when_it_is_made_and_loses_it_with_the_registry() {
        var scene = Scene.in("by-name");
        scene.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [by-name-later]}}\n");
        assertThat(scene.awaitCondition("PullSecretsSynced", "False", "ConsentMissing")
                        .message())
                .endsWith("kubectl label namespace by-name-later pull-secrets.berth.dev/by-name=allow");

        var later = Scene.in("by-name-later");
        later.consentTo("by-name");
        later.awaitThat(Secret.class, "apps-pull", secret -> true);
        later.awaitThat(ConfigMap.class, "apps.by-name-ca", map -> true);
        assertThat(scene.awaitCondition("PullSecretsSynced", "True", "Synced").message())
                .endsWith("and in 1 more");

        scene.delete(Registry.class, "apps");
        later.awaitNone(Secret.class, "apps-pull");
        later.awaitNone(ConfigMap.class, "apps.by-name-ca");
    }

    @Test
    void two_registries_of_one_name_don_t_fight_over_a_namespace() {
        var first = Scene.in("first");
        var second = Scene.in("second");
        var shared = Scene.in("shared");
        shared.consentTo("first");
        shared.consentTo("second");
        first.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [shared]}}\n");
        var copy = shared.awaitThat(Secret.class, "apps-pull", secret -> true);
        second.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [shared]}}\n");

        assertThat(second.awaitCondition("PullSecretsSynced", "False", "NameTaken")
                        .message())
                .contains("shared");
        assertThat(shared.get(Secret.class, "apps-pull").getData()).isEqualTo(copy.getData());
        second.delete(Registry.class, "apps");
        second.awaitNone(Registry.class, "apps");
        assertThat(shared.find(Secret.class, "apps-pull")).isPresent();
    }

    @Test
    void a_namespace_s_own_registry_never_gets_a_neighbour_s_password_nor_loses_its_secret_to_him() {
        var platform = Scene.in("neighbour");
        var team = Scene.in("neighbour-team");
        team.consentTo("neighbour");
        platform.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [neighbour-team]}}\n");
        var copy = team.awaitThat(Secret.class, "apps-pull", secret -> true);

        team.applyApps(VOLUME);
        assertThat(team.awaitCondition("Ready", "False", "NameTaken").message())
                .contains(
                        "there is a Secret apps-pull in namespace neighbour-team that belongs to Registry neighbour/apps");
        team.awaitCondition("PullSecretsSynced", "False", "SecretMissing");
        assertThat(team.get(Secret.class, "apps-pull").getData()).isEqualTo(copy.getData());

        platform.delete(Registry.class, "apps");
        var own = team.awaitThat(
                Secret.class, "apps-pull", secret -> !secret.getData().equals(copy.getData()));
        assertThat(own.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("Registry"));
        team.awaitCondition("Ready", "False", "Starting");
    }

    @Test
    void a_neighbour_of_the_same_name_who_comes_later_leaves_the_secret_alone_also_when_he_goes() {
        var team = Scene.in("earlier");
        team.applyApps(VOLUME);
        team.awaitChildren();
        var own = team.get(Secret.class, "apps-pull");
        team.consentTo("later");
        var later = Scene.in("later");
        later.applyApps(VOLUME + "pullSecrets: {namespaces: {selector: {}}}\n");
        assertThat(later.awaitCondition("PullSecretsSynced", "False", "NameTaken")
                        .message())
                .contains("Secret earlier/apps-pull (one of another Registry)");
        later.delete(Registry.class, "apps");
        later.awaitNone(Registry.class, "apps");
        assertThat(team.get(Secret.class, "apps-pull").getMetadata().getResourceVersion())
                .isEqualTo(own.getMetadata().getResourceVersion());
    }

    @Test
    void a_quota_in_one_namespace_keeps_the_secret_from_no_other_and_the_registry_stays_as_it_is() {
        var full = Scene.in("quota-full");
        var free = Scene.in("quota-free");
        full.consentTo("quota");
        free.consentTo("quota");
        full.quotaOnSecrets();
        var scene = Scene.in("quota");
        scene.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [quota-full, quota-free]}}\n");
        assertThat(scene.awaitCondition("PullSecretsSynced", "False", "SecretRefused")
                        .message())
                .contains("Secret quota-full/apps-pull (", "exceeded quota");
        free.awaitThat(Secret.class, "apps-pull", secret -> true);
        scene.serve("127.88.0.20");
        scene.awaitCondition("Ready", "True", "Serving");
        scene.delete(Registry.class, "apps"); // or it would be tried again for as long as other tests run
    }

    @Test
    void a_selector_of_everything_reaches_those_who_consent_and_never_kubernetes_itself() {
        var consenting = Scene.in("everything-yes");
        var silent = Scene.in("everything-no");
        consenting.consentTo("everything");
        label("kube-system", Map.of("pull-secrets.berth.dev/everything", "allow"));
        var scene = Scene.in("everything");
        scene.applyApps(VOLUME + "pullSecrets: {namespaces: {selector: {}}, attachToServiceAccounts: [default]}\n");
        for (var each : List.of(scene, consenting, silent)) {
            each.apply("""
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata: {name: default}
                    """);
        }
        consenting.awaitThat(Secret.class, "apps-pull", secret -> true);
        consenting.awaitThat(ServiceAccount.class, "default", account -> secretsOf(account, "apps-pull"));
        scene.awaitCondition("PullSecretsSynced", "True", "Synced");
        assertThat(silent.find(Secret.class, "apps-pull")).isEmpty();
        assertThat(silent.get(ServiceAccount.class, "default").getImagePullSecrets())
                .isEmpty();
        assertThat(ApiServer.running()
                        .admin()
                        .secrets()
                        .inNamespace("kube-system")
                        .withName("apps-pull")
                        .get())
                .isNull();
    }

    @Test
    void consent_that_is_taken_back_takes_the_secret_and_the_service_account_s_entry_with_it() {
        var team = Scene.in("taken-back-team");
        team.consentTo("taken-back");
        team.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: builder}
                """);
        var scene = Scene.in("taken-back");
        scene.applyApps(
                VOLUME + "pullSecrets: {namespaces: {names: [taken-back-team]}, attachToServiceAccounts: [builder]}\n");
        team.awaitThat(ServiceAccount.class, "builder", account -> secretsOf(account, "apps-pull"));

        label("taken-back-team", Map.of("pull-secrets.berth.dev/taken-back", "no"));
        team.awaitNone(Secret.class, "apps-pull");
        team.awaitThat(ServiceAccount.class, "builder", account -> secretsOf(account));
        scene.awaitCondition("PullSecretsSynced", "False", "ConsentMissing");
    }

    @Test
    void a_secret_that_only_says_it_were_a_copy_is_neither_filled_nor_deleted() {
        var scene = Scene.in("forged");
        scene.applyApps(VOLUME);
        scene.awaitChildren();
        var stranger = Scene.in("forged-stranger");
        stranger.apply("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: apps-pull
                  labels: {app.kubernetes.io/managed-by: berth}
                  annotations: {berth.dev/registry: forged/apps}
                stringData: {mine: "1"}
                """);
        scene.applyApps(VOLUME + "hostnames: [forged.example.com]\n");
        scene.awaitThat(
                Registry.class,
                "apps",
                registry -> Objects.equals(
                        registry.getStatus().observedGeneration(),
                        registry.getMetadata().getGeneration()));
        assertThat(stranger.get(Secret.class, "apps-pull").getData()).containsOnlyKeys("mine");
    }

    @Test
    void copies_of_a_registry_that_was_deleted_while_no_operator_ran_are_found_and_deleted() {
        var team = Scene.in("unseen-team");
        team.consentTo("unseen");
        team.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: builder}
                """);
        var scene = Scene.in("unseen");
        scene.applyApps(
                VOLUME + "pullSecrets: {namespaces: {names: [unseen-team]}, attachToServiceAccounts: [builder]}\n");
        team.awaitThat(ServiceAccount.class, "builder", account -> secretsOf(account, "apps-pull"));
        OPERATOR.stop();
        scene.delete(Registry.class, "apps");
        scene.awaitNone(Registry.class, "apps");
        OPERATOR.start();
        await("the secret is gone")
                .atMost(Duration.ofSeconds(60))
                .until(() -> team.find(Secret.class, "apps-pull").isEmpty());
        team.awaitThat(ServiceAccount.class, "builder", account -> secretsOf(account));
    }

    @Test
    void a_service_account_is_attached_to_and_let_go_and_keeps_what_is_its_own() {
        var scene = Scene.in("attached");
        scene.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: default}
                imagePullSecrets: [{name: of-the-team}]
                """);
        scene.applyApps(VOLUME + "pullSecrets: {attachToServiceAccounts: [default, builder]}\n");
        assertThat(scene.awaitCondition("PullSecretsSynced", "False", "ServiceAccountNotFound")
                        .message())
                .contains("attached/builder");
        scene.awaitThat(ServiceAccount.class, "default", account -> secretsOf(account, "of-the-team", "apps-pull"));

        scene.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: builder}
                """);
        scene.awaitThat(ServiceAccount.class, "builder", account -> secretsOf(account, "apps-pull"));
        scene.awaitCondition("PullSecretsSynced", "True", "Synced");

        scene.applyApps(VOLUME + "pullSecrets: {attachToServiceAccounts: [builder]}\n");
        scene.awaitThat(ServiceAccount.class, "default", account -> secretsOf(account, "of-the-team"));

        scene.delete(Registry.class, "apps");
        scene.awaitThat(ServiceAccount.class, "builder", account -> secretsOf(account));
    }

    private static boolean secretsOf(ServiceAccount account, String... names) {
        return account.getImagePullSecrets().stream()
                .map(LocalObjectReference::getName)
                .toList()
                .equals(List.of(names));
    }

    private static void label(String namespace, Map<String, String> labels) {
        ApiServer.running()
                .admin()
                .namespaces()
                .withName(namespace)
                .edit(found -> new NamespaceBuilder(found)
                        .editMetadata()
                        .addToLabels(labels)
                        .endMetadata()
                        .build());
    }
}
