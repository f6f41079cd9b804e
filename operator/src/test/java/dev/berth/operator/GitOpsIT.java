package dev.berth.operator;

import static dev.berth.operator.gitops.KstatusResult.CURRENT;
import static dev.berth.operator.gitops.KstatusResult.FAILED;
import static dev.berth.operator.gitops.KstatusResult.IN_PROGRESS;
import static dev.berth.operator.gitops.KstatusResult.TERMINATING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.gitops.ArgoCdHealth;
import dev.berth.operator.gitops.KstatusResult;
import dev.berth.operator.gitops.Verdicts;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The verdicts of Argo CD and Flux on Berth's objects on a real API server, from their creation to their end. */
final class GitOpsIT {
    private static final String SIX_LINES = "storage: {persistentVolumeClaim: {size: 20Gi}}\n";
    private static final String HUB = """
            apiVersion: berth.dev/v1alpha1
            kind: ImageMirror
            metadata: {name: hub}
            spec: {registryRef: {name: apps}, upstream: {host: docker.io}}
            """;
    private static final KubernetesClient ADMIN = ApiServer.running().admin();

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void a_registry_goes_from_progressing_to_healthy_and_with_a_wrong_spec_to_degraded() {
        var scene = Scene.in("gitops");
        OPERATOR.stop();
        try {
            scene.applyApps(SIX_LINES);
            scene.apply(HUB);
            assertBothSay(IN_PROGRESS, scene, "Registry", "apps");
            assertBothSay(IN_PROGRESS, scene, "ImageMirror", "hub");
        } finally {
            OPERATOR.start();
        }
        scene.awaitChildren();
        assertBothSay(IN_PROGRESS, scene, "Registry", "apps");

        scene.serve("127.88.0.41");
        scene.awaitCondition("Ready", "True", "Serving");
        assertBothSay(CURRENT, scene, "Registry", "apps");

        scene.applyApps(
                SIX_LINES + "pullSecrets: {namespaces: {selector: {matchExpressions: [{key: a, operator: Is}]}}}\n");
        scene.awaitCondition("Stalled", "True", "SelectorInvalid");
        assertBothSay(FAILED, scene, "Registry", "apps");

        scene.annotateApps("berth.dev/paused", "true");
        scene.awaitCondition("Paused", "True", "Paused");
        assertThat(ArgoCdHealth.of(object(scene, "Registry", "apps")).status()).isEqualTo("Suspended");
    }

    @Test
    void whoever_deletes_a_registry_before_its_mirror_waits_for_neither() {
        var scene = Scene.in("gitops-order");
        scene.applyApps(SIX_LINES);
        scene.apply(HUB);
        scene.awaitChildren();
        assertThat(object(scene, "Registry", "apps").getMetadata().getFinalizers())
                .isEmpty();
        assertThat(object(scene, "ImageMirror", "hub").getMetadata().getFinalizers())
                .isEmpty();
        scene.delete(Registry.class, "apps");
        scene.awaitNone(Registry.class, "apps");
        assertThat(agreed(scene, "ImageMirror", "hub")).isNotEqualTo(TERMINATING);
        scene.delete(ImageMirror.class, "hub");
        scene.awaitNone(ImageMirror.class, "hub");
    }

    @Test
    void without_the_operator_both_are_deleted_at_once_too_and_the_volume_is_not_argo_cd_s() {
        var scene = Scene.in("gitops-alone");
        scene.applyApps(SIX_LINES);
        scene.apply(HUB);
        scene.awaitChildren();
        OPERATOR.stop();
        try {
            scene.delete(ImageMirror.class, "hub");
            scene.awaitNone(ImageMirror.class, "hub");
            scene.delete(Registry.class, "apps");
            scene.awaitNone(Registry.class, "apps");
        } finally {
            OPERATOR.start();
        }
        assertThat(scene.get(PersistentVolumeClaim.class, "apps").getMetadata().getAnnotations())
                .containsEntry("argocd.argoproj.io/compare-options", "IgnoreExtraneous")
                .containsEntry("argocd.argoproj.io/sync-options", "Prune=false,Delete=false");
    }

    @Test
    void the_scripts_are_added_to_the_settings_of_argo_cd_and_change_no_other() throws IOException {
        ApiServer.running().namespace("argocd");
        ADMIN.resource("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: argocd-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
                        data: {url: "https://argocd.example.com"}
                        """).fieldManager("argocd").serverSideApply();
        var rendered = Manifests.of(Manifests.DEPLOY.resolve("gitops/argo-cd"), ApiServer.binary("kubectl"), ADMIN);
        rendered.objects()
                .forEach(
                        object -> ADMIN.resource(object).fieldManager("kubectl").serverSideApply());

        var script = Files.readString(ArgoCdHealth.SCRIPT);
        assertThat(ADMIN.configMaps()
                        .inNamespace("argocd")
                        .withName("argocd-cm")
                        .get())
                .extracting(ConfigMap::getData)
                .isEqualTo(Map.of(
                        "url", "https://argocd.example.com",
                        "resource.customizations.health.berth.dev_Registry", script,
                        "resource.customizations.health.berth.dev_ImageMirror", script));
    }

    private static void assertBothSay(KstatusResult state, Scene scene, String kind, String name) {
        assertThat(Verdicts.bothSay(state, object(scene, kind, name))).isNotBlank();
    }

    /** The state that both see. */
    private static KstatusResult agreed(Scene scene, String kind, String name) {
        var object = object(scene, kind, name);
        var state = KstatusResult.of(object);
        Verdicts.bothSay(state, object);
        return state;
    }

    private static GenericKubernetesResource object(Scene scene, String kind, String name) {
        return ADMIN.genericKubernetesResources("berth.dev/v1alpha1", kind)
                .inNamespace(scene.namespace())
                .withName(name)
                .require();
    }
}
