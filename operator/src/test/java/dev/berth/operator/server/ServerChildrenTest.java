package dev.berth.operator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.operator.Expected;
import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.Storage.VolumeStorage;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The desired objects of the server, compared with YAML files. */
final class ServerChildrenTest {
    private static final Registry REGISTRY = Expected.registry();
    private static final RegistryNames NAMES = RegistryNames.of(REGISTRY);
    private static final ServerImage IMAGE = new ServerImage("berth.dev/berth-server:0.1.0", false);
    private static final KeyPairPem PAIR = new KeyPairPem("a certificate", "its key");
    private static final VolumeStorage VOLUME = volume("20Gi");

    @Test
    void the_volume() {
        Expected.holds("volume.yaml", () -> VolumeClaim.of(NAMES, VOLUME, Optional.empty()));
    }

    @Test
    void a_cluster_that_assigns_users_chooses_the_servers_user_and_the_group_of_its_volume() {
        var security = ServerPod.of(REGISTRY, new ServerImage("berth.dev/berth-server:0.1.0", true))
                .getSpec()
                .getSecurityContext();
        assertThat(security.getRunAsNonRoot()).isTrue();
        assertThat(security.getRunAsUser()).isNull();
        assertThat(security.getRunAsGroup()).isNull();
        assertThat(security.getFsGroup()).isNull();
        assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    }

    @Test
    void the_configuration() {
        Expected.holds(
                "config.yaml",
                () -> ServerConfigMap.of(REGISTRY, ServerMirrors.NONE, NodePull.NOTHING, TokenIssuers.NONE));
    }

    @Test
    void the_configuration_when_a_rule_names_service_accounts() {
        var registry = Expected.registry("with-service-accounts.yaml");
        Expected.holds(
                "config-with-service-accounts.yaml",
                () -> ServerConfigMap.of(registry, ServerMirrors.NONE, NodePull.NOTHING, TokenIssuers.NONE));
    }

    @Test
    void the_configuration_when_rules_name_issuers() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                access:
                  issuers:
                  - {name: github, issuer: "https://token.actions.githubusercontent.com"}
                  - {name: gitlab, issuer: "https://gitlab.example.com", audience: images, caRef: {name: gitlab-ca}}
                  rules:
                  - subjects: [{issuer: {name: github, claims: {repository: acme/*, ref: refs/heads/main}}}]
                    repositories: ["acme/**"]
                    actions: [push]
                  - subjects: [{issuer: {name: gone, claims: {repository: acme/*}}}]
                    repositories: ["**"]
                    actions: [push]
                """);
        var issuers = new TokenIssuers(Map.of("issuer-gitlab.crt", "an authority"), List.of());
        var data = ServerConfigMap.of(registry, ServerMirrors.NONE, NodePull.NOTHING, issuers)
                .getData();
        assertThat(data).containsEntry("issuer-gitlab.crt", "an authority");
        assertThat(data.get("config.yaml")).contains("""
                  rules:
                  - subjects:
                    - issuer:
                        name: github
                        claims:
                          ref: refs/heads/main
                          repository: acme/*
                    repositories:
                    - acme/**
                    actions:
                    - push
                  issuers:
                  - name: github
                    issuer: https://token.actions.githubusercontent.com
                    audience: apps.team-a.svc
                  - name: gitlab
                    issuer: https://gitlab.example.com
                    audience: images
                    certificateAuthority: /etc/berth/config/issuer-gitlab.crt
                """);
    }

    @Test
    void the_names_outside_the_cluster_are_audiences_and_the_proxies_of_the_spec_are_trusted() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 20Gi}}
                hostnames: [registry.example.com, "*.example.com", apps.team-b.svc]
                exposure: {type: Ingress, trustedProxies: [10.244.1.7, "fd00::/8"]}
                access: {rules: [{subjects: [{serviceAccount: {namespace: ci}}], repositories: ["**"], actions: [pull]}]}
                """);
        assertThat(ServerConfiguration.of(NAMES, registry.getSpec(), ServerMirrors.NONE, NodePull.NOTHING))
                .contains("""
                          trustedProxies:
                          - 10.244.1.7
                          - fd00::/8
                        management:
                        """)
                .contains("""
                            otherAudiences:
                            - registry.example.com
                            certificateAuthority:\
                        """);
    }

    @Test
    void a_server_is_restarted_for_other_trusted_proxies_since_it_reads_them_only_when_it_starts() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 20Gi}}
                exposure: {trustedProxies: [10.244.1.7, "fd00::/8"]}
                podTemplate: {annotations: {example.com/a: b}}
                """);
        assertThat(ServerPod.of(registry, IMAGE).getMetadata().getAnnotations())
                .containsOnly(
                        Map.entry("example.com/a", "b"), Map.entry("berth.dev/trusted-proxies", "10.244.1.7,fd00::/8"));
    }

    @Test
    void node_agents_may_pull_the_repositories_that_they_preload_and_no_others() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                nodes: {preload: ["web:2", "team-b/job@sha256:%s", "web:1"]}
                """.formatted("0".repeat(64)));
        var yaml = ServerConfigMap.of(
                        registry, ServerMirrors.NONE, NodePull.of(registry, "berth-nodes", true), TokenIssuers.NONE)
                .getData()
                .get("config.yaml");
        assertThat(yaml).contains("""
                  - subjects:
                    - serviceAccount:
                        namespace: berth-nodes
                        name: berth-node
                    repositories:
                    - team-b/job
                    - web
                    actions:
                    - pull
                  serviceAccounts:
                """);
        assertThat(ServerConfigMap.of(
                                registry,
                                ServerMirrors.NONE,
                                NodePull.of(registry, "berth-nodes", false),
                                TokenIssuers.NONE)
                        .getData()
                        .get("config.yaml"))
                .doesNotContain("berth-node", "- web");
        assertThat(RegistryStatefulSet.of(registry, IMAGE)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getVolumes())
                .as("what the server checks the agents' tokens with")
                .anyMatch(volume -> volume.getName().equals("issuer"));
    }

    @Test
    void the_configuration_with_mirrors() {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("upstream", "docker.io");
        entry.put("name", "team-a/hub");
        entry.put("paused", false);
        var mirrors = new ServerMirrors(List.of(entry), Map.of("hub.json", "a password"));
        assertThat(ServerConfigMap.of(REGISTRY, mirrors, NodePull.NOTHING, TokenIssuers.NONE)
                        .getData()
                        .get("config.yaml"))
                .startsWith(ServerConfigMap.of(REGISTRY, ServerMirrors.NONE, NodePull.NOTHING, TokenIssuers.NONE)
                        .getData()
                        .get("config.yaml"))
                .endsWith("""
                        mirrors:
                        - upstream: docker.io
                          name: team-a/hub
                          paused: false
                        """);
        assertThat(mirrors.toString()).contains("hub.json").doesNotContain("a password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e3",
                "12345678901234567890123456789012",
                "1234567890123456e890123456789012",
                "0x1f",
                "1_000",
                ".5",
                "yes",
                "null"
            })
    void a_text_that_looks_like_a_number_stays_a_text(String text) throws Exception {
        var entry = Map.<String, Object>of("keepDigests", List.of(text));
        var yaml = ServerConfigMap.of(
                        REGISTRY, new ServerMirrors(List.of(entry), Map.of()), NodePull.NOTHING, TokenIssuers.NONE)
                .getData()
                .get("config.yaml");
        var read = new YAMLMapper().readTree(yaml).at("/mirrors/0/keepDigests/0");
        assertThat(read.isTextual()).as(yaml).isTrue();
        assertThat(read.textValue()).isEqualTo(text);
    }

    @Test
    void the_files_of_mirrors() {
        Expected.holds("mirrors.yaml", () -> MirrorFilesSecret.of(NAMES, Map.of("hub.json", "credentials")));
    }

    @Test
    void what_mirrors_bring_is_a_part_of_the_revision() {
        var none = new MountedFiles("configuration", "users", "keys", Optional.of(PAIR), Map.of());
        assertThat(none.revision())
                .isEqualTo(new MountedFiles("configuration", "users", "keys", Optional.of(PAIR), Map.of()).revision())
                .isNotEqualTo(
                        new MountedFiles("configuration", "users", "keys", Optional.of(PAIR), Map.of("hub.json", "one"))
                                .revision());
    }

    @Test
    void the_server_when_a_rule_names_service_accounts() {
        var registry = Expected.registry("with-service-accounts.yaml");
        Expected.holds("server-with-service-accounts.yaml", () -> RegistryStatefulSet.of(registry, IMAGE));
    }

    @Test
    void the_server() {
        Expected.holds("server.yaml", () -> RegistryStatefulSet.of(REGISTRY, IMAGE));
    }

    @Test
    void the_revision_on_the_pod() {
        Expected.holds(
                "server-revision.yaml", () -> ServerRevision.of(NAMES, "8f1c0a0e-0000-4000-8000-000000000002", "abc"));
    }

    @Test
    void a_pod_template_lies_over_the_server_but_not_over_what_selects_it() {
        var pod = RegistryStatefulSet.of(Expected.registry("server-with-overlay.yaml"), IMAGE)
                .getSpec()
                .getTemplate();
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("team", "a")
                .containsEntry("app.kubernetes.io/instance", "apps");
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("example.com/note", "hello");
        var resources = pod.getSpec().getContainers().getFirst().getResources();
        assertThat(resources.getRequests())
                .isEqualTo(Map.of("cpu", new Quantity("500m"), "memory", new Quantity("128Mi")));
        assertThat(resources.getLimits()).isEqualTo(Map.of("memory", new Quantity("2Gi")));
        assertThat(pod.getSpec().getNodeSelector()).containsEntry("disk", "ssd");
        assertThat(pod.getSpec().getTolerations()).hasSize(1);
        assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("important");
        assertThat(pod.getSpec().getTopologySpreadConstraints())
                .singleElement()
                .satisfies(
                        constraint -> assertThat(constraint.getLabelSelector().getMatchLabels())
                                .containsEntry("app.kubernetes.io/instance", "apps"));
        assertThat(pod.getSpec().getImagePullSecrets())
                .extracting(LocalObjectReference::getName)
                .containsExactly("images");
        assertThat(pod.getSpec().getContainers().getFirst().getEnv())
                .extracting(variable -> variable.getName() + "=" + variable.getValue())
                .as("half of the memory limit is for the heap")
                .containsExactly("JDK_JAVA_OPTIONS=-Xmx1024m", "HTTPS_PROXY=http://proxy:3128", "EMPTY=");
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("tls"))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("of-our-own"));
    }

    @Test
    void a_volume_that_is_found_again_never_shrinks_and_keeps_its_spelling() {
        assertThat(sizeOver("30Gi")).isEqualTo("30Gi");
        assertThat(sizeOver("20480Mi")).isEqualTo("20480Mi");
        assertThat(sizeOver("10Gi")).isEqualTo("20Gi");
    }

    @Test
    void a_rule_for_a_user_that_the_registry_does_not_have_allows_nobody_anything() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                access: {rules: [{subjects: [{user: ci}], repositories: [a], actions: [push]},
                                 {subjects: [{user: ci}, {user: pull}], repositories: [b], actions: [pull]}]}
                """);
        assertThat(ServerConfigMap.of(registry, ServerMirrors.NONE, NodePull.NOTHING, TokenIssuers.NONE)
                        .getData()
                        .get("config.yaml"))
                .doesNotContain("ci", "- a\n")
                .contains("- user: pull");
    }

    private static String sizeOver(String present) {
        var actual = VolumeClaim.of(NAMES, volume(present), Optional.empty());
        return String.valueOf(VolumeClaim.of(NAMES, VOLUME, Optional.of(actual))
                .getSpec()
                .getResources()
                .getRequests()
                .get("storage"));
    }

    private static VolumeStorage volume(String size) {
        return new VolumeStorage(new Quantity(size), null, true);
    }
}
