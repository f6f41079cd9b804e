package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorStatus;
import dev.berth.v1alpha1.ImageMirrorStatus.Counts;
import dev.berth.v1alpha1.ImageMirrorStatus.Sync;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of an ImageMirror on a real API server: its registry's configuration, its status, and its end. */
final class MirrorIT {
    private static final String APPS = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";
    private static final String REVISION = "berth.dev/configuration-revision";

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void it_becomes_a_part_of_its_registry_s_configuration_and_the_server_is_not_restarted() throws IOException {
        var scene = Scene.in("mirror");
        scene.applyApps(APPS);
        scene.awaitChildren();
        try (var server = new ScriptedServer("127.89.0.1")) {
            scene.serve("127.89.0.1");
            var before =
                    scene.awaitThat(Pod.class, "apps-0", pod -> revision(pod).isPresent());
            var template = scene.get(StatefulSet.class, "apps").getSpec().getTemplate();

            mirror(scene, "hub", "upstream: {host: docker.io}");
            assertThat(configuration(scene, text -> text.contains("mirrors:"))).endsWith("""
                    mirrors:
                    - upstream: docker.io
                      name: mirror/hub
                      mode: OnDemand
                      interval: 1h
                      includeReferrers: false
                      tagMovePolicy: Follow
                      prune: false
                      paused: false
                    """);
            var after =
                    scene.awaitThat(Pod.class, "apps-0", pod -> !revision(pod).equals(revision(before)));
            assertThat(after.getMetadata().getUid())
                    .isEqualTo(before.getMetadata().getUid());
            assertThat(scene.get(StatefulSet.class, "apps").getSpec().getTemplate())
                    .isEqualTo(template);
            awaitCondition(scene, "hub", "Reconciling", "True", "Configuring");

            server.mirrors("""
                    {"name": "mirror/hub", "reachable": true, "lastContact": "2026-11-24T11:58:00Z", "counts": {"repositories": 3, "tags": 7}, "failures": []}
                    """);
            assertThat(awaitCondition(scene, "hub", "Ready", "True", "Mirroring")
                            .message())
                    .isEqualTo("docker.io/<repository> is at apps.mirror.svc/docker.io/<repository>");
            awaitCondition(scene, "hub", "UpstreamReachable", "True", "Answers");
            awaitCondition(scene, "hub", "NodesConfigured", "False", "Disabled");
            assertThat(status(scene, "hub").counts()).isEqualTo(new Counts(3, 7));
            assertThat(condition(scene.get(ImageMirror.class, "hub"), "Reconciling"))
                    .isEmpty();

            server.mirrors("""
                    {"name": "mirror/hub", "reachable": false, "reason": "Unauthorized",
                     "message": "docker.io refused the credentials (401); renew them in the Secret",
                     "failures": [{"image": "library/nginx:1", "reason": "Unauthorized", "message": "401", "nextTry": null}]}
                    """);
            assertThat(awaitCondition(scene, "hub", "UpstreamReachable", "False", "Unauthorized")
                            .message())
                    .isEqualTo("docker.io refused the credentials (401); renew them in the Secret");
            assertThat(status(scene, "hub").failures()).hasSize(1);
            awaitCondition(scene, "hub", "Ready", "True", "Mirroring");
            assertThat(events(scene, "hub")).contains("Normal Configuring", "Normal Mirroring", "Warning Unauthorized");
        }
        scene.delete(ImageMirror.class, "hub");
        configuration(scene, text -> !text.contains("mirrors:"));
    }

    @Test
    void a_new_password_is_the_server_s_at_once_and_one_that_is_taken_away_is_waited_for() throws IOException {
        var scene = Scene.in("mirror-login");
        scene.applyApps(APPS);
        scene.awaitChildren();
        scene.serve("127.89.0.2");
        mirror(scene, "hub", "upstream: {host: docker.io, credentialsSecretRef: {name: login}}");
        assertThat(awaitCondition(scene, "hub", "Reconciling", "True", "CredentialsNotFound")
                        .message())
                .contains("kubectl create secret docker-registry login --docker-server=docker.io");
        assertThat(configuration(scene, text -> text.contains("dockerConfig: /etc/berth/mirrors/hub.json")))
                .contains("paused: true", "anonymousPull: false");

        login(scene, "bWU6b25l");
        configuration(scene, text -> text.contains("paused: false"));
        file(scene, "hub.json", "{\"auths\":{\"docker.io\":{\"auth\":\"bWU6b25l\"}}}");
        awaitCondition(scene, "hub", "Reconciling", "True", "Configuring");
        assertThat(scene.get(ConfigMap.class, "apps-config").getData().get("config.yaml"))
                .as("a password is in the Secret alone")
                .doesNotContain("bWU6b25l");

        var revision = revision(scene.get(Pod.class, "apps-0"));
        login(scene, "bWU6dHdv");
        file(scene, "hub.json", "{\"auths\":{\"docker.io\":{\"auth\":\"bWU6dHdv\"}}}");
        scene.awaitThat(Pod.class, "apps-0", pod -> !revision(pod).equals(revision));

        scene.delete(Secret.class, "login");
        awaitCondition(scene, "hub", "Reconciling", "True", "CredentialsNotFound");
        file(scene, "hub.json", "{\"auths\":{}}");

        scene.delete(ImageMirror.class, "hub");
        scene.awaitThat(
                Secret.class,
                "apps-mirrors",
                secret -> secret.getData() == null || secret.getData().isEmpty());
    }

    @Test
    void an_authority_is_waited_for_checked_and_passed_on() {
        var scene = Scene.in("mirror-ca");
        scene.applyApps(APPS);
        scene.awaitChildren();
        mirror(scene, "corporate", "upstream: {host: 'registry.example.com:5000', caRef: {name: corporate-ca}}");
        awaitCondition(scene, "corporate", "Reconciling", "True", "AuthorityNotFound");
        scene.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: corporate-ca}
                data: {ca.crt: not a certificate}
                """);
        awaitCondition(scene, "corporate", "Stalled", "True", "AuthorityInvalid");

        var authority = scene.get(ConfigMap.class, "apps-ca").getData().getOrDefault("ca.crt", "");
        ApiServer.running()
                .admin()
                .configMaps()
                .inNamespace(scene.namespace())
                .withName("corporate-ca")
                .edit(map -> {
                    map.getData().put("ca.crt", authority);
                    return map;
                });
        configuration(scene, text -> text.contains("ca: /etc/berth/mirrors/corporate.crt"));
        file(scene, "corporate.crt", authority);
        awaitCondition(scene, "corporate", "Ready", "False", "RegistryNotReady");
    }

    @Test
    void without_its_registry_it_waits_and_goes_on_when_there_is_one() {
        var scene = Scene.in("mirror-early");
        mirror(scene, "hub", "upstream: {host: docker.io}");
        assertThat(awaitCondition(scene, "hub", "Reconciling", "True", "RegistryNotFound")
                        .message())
                .startsWith("the Registry apps that spec.registryRef names does not exist in this namespace");
        scene.applyApps(APPS);
        awaitCondition(scene, "hub", "Reconciling", "True", "RegistryNotReady");
        configuration(scene, text -> text.contains("name: mirror-early/hub"));

        scene.delete(Registry.class, "apps");
        awaitCondition(scene, "hub", "Reconciling", "True", "RegistryNotFound");
    }

    @Test
    void of_two_for_one_upstream_the_newer_is_stalled_until_the_older_is_gone() {
        var scene = Scene.in("mirror-twice");
        scene.applyApps(APPS);
        scene.awaitChildren();
        mirror(scene, "a-first", "upstream: {host: docker.io}");
        mirror(scene, "b-second", "upstream: {host: docker.io}");
        mirror(scene, "c-other", "upstream: {host: quay.io}");
        assertThat(awaitCondition(scene, "b-second", "Stalled", "True", "UpstreamTaken")
                        .message())
                .contains("the older ImageMirror a-first mirrors docker.io in Registry apps already");
        assertThat(configuration(scene, text -> text.contains("quay.io")))
                .contains("mirror-twice/a-first", "mirror-twice/c-other")
                .doesNotContain("b-second");

        scene.delete(ImageMirror.class, "a-first");
        awaitCondition(scene, "b-second", "Reconciling", "True", "RegistryNotReady");
        configuration(scene, text -> text.contains("b-second") && !text.contains("a-first"));
    }

    @Test
    void it_is_paused_and_asked_to_copy_now() throws IOException {
        var scene = Scene.in("mirror-now");
        scene.applyApps(APPS);
        scene.awaitChildren();
        try (var server = new ScriptedServer("127.89.0.3")) {
            server.mirrors("""
                    {"name": "mirror-now/hub", "reachable": true, "lastContact": "2026-11-24T11:58:00Z", "sync": {"running": true, "started": "2026-11-24T11:58:00Z",
                     "lastSuccess": null, "done": 5, "total": 7, "bytes": 1536, "bytesPerSecond": 1024, "request": null}}
                    """);
            scene.serve("127.89.0.3");
            mirror(scene, "hub", "upstream: {host: docker.io}\nmode: Scheduled\nimages: [{repository: library/nginx}]");
            awaitCondition(scene, "hub", "Reconciling", "True", "Syncing");
            assertThat(status(scene, "hub").sync()).isEqualTo(new Sync(true, 5, 7, "1.5Ki", "1Ki"));

            ApiServer.running()
                    .admin()
                    .resources(ImageMirror.class)
                    .inNamespace(scene.namespace())
                    .withName("hub")
                    .edit(mirror -> {
                        mirror.getMetadata().getAnnotations().put("berth.dev/sync-now", "after the release");
                        return mirror;
                    });
            configuration(scene, text -> text.contains("syncRequest: after the release"));
            server.mirrors("""
                    {"name": "mirror-now/hub", "reachable": true, "lastContact": "2026-11-24T11:58:00Z", "sync": {"running": false, "started": "2026-11-24T12:00:00Z",
                     "lastSuccess": "2026-11-24T12:00:09Z", "done": 7, "total": 7, "bytes": 1536, "bytesPerSecond": 0,
                     "request": "after the release"}}
                    """);
            scene.awaitThat(
                    ImageMirror.class,
                    "hub",
                    mirror -> Objects.equals(mirror.getStatus().lastHandledSyncRequest(), "after the release"));
            assertThat(status(scene, "hub").lastSuccessfulSyncTime()).isEqualTo("2026-11-24T12:00:09Z");
            awaitCondition(scene, "hub", "Ready", "True", "Mirroring");

            mirror(
                    scene,
                    "hub",
                    "upstream: {host: docker.io}\nmode: Scheduled\nimages: [{repository: library/nginx}]\npaused: true");
            configuration(scene, text -> text.contains("paused: true"));
            awaitCondition(scene, "hub", "Ready", "True", "Paused");
        }
    }

    @Test
    void a_password_for_docker_io_goes_to_no_other_host_until_an_administrator_allows_it() {
        var scene = Scene.in("mirror-elsewhere");
        scene.applyApps(APPS);
        scene.awaitChildren();
        login(scene, "dXNlcjpwYXNzd29yZA==");
        mirror(
                scene,
                "hub",
                "upstream: {host: docker.io, url: \"https://collector.example.com\", credentialsSecretRef: {name: login}}");
        var stalled = awaitCondition(scene, "hub", "Stalled", "True", "CredentialsHostNotAllowed");
        assertThat(stalled.message())
                .contains("patch configmap berth-credential-hosts", "{\"docker.io\":\"collector.example.com\"}");
        assertThat(configuration(scene, text -> text.contains("mirrors:"))).contains("paused: true");
        assertThat(Scene.text(scene.get(Secret.class, "apps-mirrors"), "hub.json"))
                .isEqualTo("{\"auths\":{}}");
    }

    @Test
    void what_pods_use_is_told_to_a_mirror_that_prunes_and_not_to_who_reads_its_configuration() {
        var scene = Scene.in("mirror-prune");
        scene.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  serviceAccountName: default
                  automountServiceAccountToken: false
                  initContainers: [{name: init, image: apps.mirror-prune.svc/docker.io/library/alpine:3}]
                  containers: [{name: web, image: "nginx:1.27-prune"}]
                """);
        scene.applyApps(APPS);
        scene.awaitChildren();
        mirror(scene, "hub", "upstream: {host: docker.io}\nprune: true");
        assertThat(configuration(scene, text -> text.contains("keepDigests:")))
                .contains("prune: true", "65a9e6e65772204a9ce25563dc10b5e4", "9762b70b764c617b9af4de064651caf2")
                .doesNotContain("alpine", "nginx");
    }

    private static void mirror(Scene scene, String name, String spec) {
        scene.apply("""
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: %s}
                spec:
                  registryRef: {name: apps}
                """.formatted(name) + spec.indent(2));
    }

    private static void login(Scene scene, String auth) {
        scene.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: login}
                type: kubernetes.io/dockerconfigjson
                stringData: {.dockerconfigjson: '{"auths":{"https://index.docker.io/v1/":{"auth":"%s"}}}'}
                """.formatted(auth));
    }

    /** Waits for the server's configuration to be so, and returns it. */
    private static String configuration(Scene scene, Predicate<String> holds) {
        return scene.awaitThat(
                        ConfigMap.class,
                        "apps-config",
                        map -> holds.test(map.getData().getOrDefault("config.yaml", "")))
                .getData()
                .getOrDefault("config.yaml", "");
    }

    private static void file(Scene scene, String name, String text) {
        scene.awaitThat(
                Secret.class,
                "apps-mirrors",
                secret -> secret.getData() != null && Scene.text(secret, name).equals(text));
    }

    private static Condition awaitCondition(Scene scene, String name, String type, String status, String reason) {
        var mirror = scene.awaitThat(
                ImageMirror.class,
                name,
                found -> condition(found, type)
                        .filter(condition -> condition.status().name().equalsIgnoreCase(status)
                                && condition.reason().equals(reason))
                        .isPresent());
        return condition(mirror, type).orElseThrow();
    }

    private static Optional<Condition> condition(ImageMirror mirror, String type) {
        return Optional.ofNullable(mirror.getStatus()).flatMap(status -> status.condition(type));
    }

    private static ImageMirrorStatus status(Scene scene, String name) {
        return scene.get(ImageMirror.class, name).getStatus();
    }

    private static Optional<String> revision(HasMetadata pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations().get(REVISION));
    }

    private static List<String> events(Scene scene, String mirror) {
        await("events")
                .atMost(Duration.ofSeconds(10))
                .until(() -> !all(scene, mirror).isEmpty());
        return all(scene, mirror).stream()
                .map(event -> event.getType() + " " + event.getReason())
                .toList();
    }

    private static List<Event> all(Scene scene, String mirror) {
        return ApiServer.running().admin().v1().events().inNamespace(scene.namespace()).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(mirror))
                .sorted(Comparator.comparing(event -> event.getMetadata().getName()))
                .toList();
    }
}
