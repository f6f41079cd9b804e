package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.Map;
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
        scene.applyApps(VOLUME + "pullSecrets: {namespaces: {selector: {matchLabels: {images: by-label}}}}\n");
        scene.awaitCondition("PullSecretsSynced", "True", "Synced");
        assertThat(there.find(Secret.class, "apps-pull")).isEmpty();

        label("by-label-there", Map.of("images", "by-label"));
        var copy = there.awaitThat(Secret.class, "apps-pull", secret -> true);
        assertThat(copy.getData())
                .isEqualTo(scene.get(Secret.class, "apps-pull").getData());
        assertThat(copy.getMetadata().getLabels()).containsEntry("berth.dev/registry", "by-label.apps");

        there.delete(Secret.class, "apps-pull");
        there.awaitThat(Secret.class, "apps-pull", secret -> true);

        label("by-label-there", Map.of("images", "others"));
        await("the secret is gone")
                .until(() -> there.find(Secret.class, "apps-pull").isEmpty());
    }

    @Test
    void a_named_namespace_gets_the_secret_when_it_is_made_and_loses_it_with_the_registry() {
        var scene = Scene.in("by-name");
        scene.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [by-name-later]}}\n");
        assertThat(scene.awaitCondition("PullSecretsSynced", "False", "NamespaceNotFound")
                        .message())
                .isEqualTo("no such namespace: by-name-later; it gets its secret when it is made");

        var later = Scene.in("by-name-later");
        later.awaitThat(Secret.class, "apps-pull", secret -> true);
        assertThat(scene.awaitCondition("PullSecretsSynced", "True", "Synced").message())
                .endsWith("and in 1 more");

        scene.delete(Registry.class, "apps");
        await("the secret is gone")
                .until(() -> later.find(Secret.class, "apps-pull").isEmpty());
    }

    @Test
    void two_registries_of_one_name_don_t_fight_over_a_namespace() {
        var first = Scene.in("first");
        var second = Scene.in("second");
        var shared = Scene.in("shared");
        first.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [shared]}}\n");
        var copy = shared.awaitThat(Secret.class, "apps-pull", secret -> true);
        second.applyApps(VOLUME + "pullSecrets: {namespaces: {names: [shared]}}\n");

        assertThat(second.awaitCondition("PullSecretsSynced", "False", "NameTaken")
                        .message())
                .contains("shared");
        assertThat(shared.get(Secret.class, "apps-pull").getData()).isEqualTo(copy.getData());
        second.delete(Registry.class, "apps");
        await("the second registry is gone")
                .until(() -> second.find(Registry.class, "apps").isEmpty());
        assertThat(shared.find(Secret.class, "apps-pull")).isPresent();
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
