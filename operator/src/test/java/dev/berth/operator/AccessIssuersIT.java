package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Issuers whose tokens a Registry accepts. */
final class AccessIssuersIT {
    private static final String REVISION = "berth.dev/configuration-revision";

    private static final String SPEC = """
            storage: {persistentVolumeClaim: {size: 1Gi}}
            access:
              issuers:
              - {name: gitlab, issuer: "https://gitlab.example.com", caRef: {name: gitlab-ca}}
              rules:
              - subjects: [{issuer: {name: gitlab, claims: {project_path: "acme/*", ref_protected: "true"}}}]
                repositories: ["acme/**"]
                actions: [pull, push]
            """;

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void the_authority_of_an_issuer_is_waited_for_and_reaches_the_running_server() {
        var scene = Scene.in("issuers");
        scene.applyApps(SPEC);
        assertThat(scene.awaitCondition("Reconciling", "True", "IssuerAuthorityNotFound")
                        .message())
                .contains("kubectl -n issuers create configmap gitlab-ca --from-file=ca.crt=…");
        scene.awaitChildren();
        scene.serve("127.88.0.25");
        assertThat(configuration(scene).get("config.yaml"))
                .contains("issuer: https://gitlab.example.com", "audience: apps.issuers.svc", "project_path: acme/*");
        var before = revision(
                scene.awaitThat(Pod.class, "apps-0", pod -> !revision(pod).isEmpty()));

        authority(scene, "none");
        scene.awaitCondition("Stalled", "True", "IssuerAuthorityInvalid");
        authority(scene, Scene.text(scene.get(Secret.class, "apps-ca"), "tls.crt"));
        scene.awaitCondition("Ready", "True", "Serving");
        scene.awaitThat(ConfigMap.class, "apps-config", map -> map.getData().containsKey("issuer-gitlab.crt"));
        scene.awaitThat(Pod.class, "apps-0", pod -> !revision(pod).equals(before));
    }

    private static java.util.Map<String, String> configuration(Scene scene) {
        return scene.get(ConfigMap.class, "apps-config").getData();
    }

    private static String revision(Pod pod) {
        return pod.getMetadata().getAnnotations().getOrDefault(REVISION, "");
    }

    private static void authority(Scene scene, String pem) {
        scene.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: gitlab-ca}
                data:
                  ca.crt: |
                """ + pem.indent(4));
    }
}
