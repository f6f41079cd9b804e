package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.e2e.cluster.ClusterNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Pods that pull private images with the token of their service account, through kubelet's credential provider, on a node of Kubernetes 1.34. */
@OnCluster(nodes = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class NoPullSecretE2E {
    private static final String OWNER = "team-tokens";
    private static final String READER = "team-pods";
    private static final String STRANGER = "team-stranger";
    private static final String UPSTREAM = "team-upstream";
    private static final String MIRRORED = "private.example";
    private static final String HELLO = "apps." + OWNER + ".svc/hello:1";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final String KUSTOMIZATION = """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [../../../deploy]
            components: [../../../deploy/node/credential-provider]
            patches:
              - target: {kind: DaemonSet, name: berth-node}
                patch: |
                  - {op: add, path: /spec/template/spec/containers/0/args/-, value: --credentials-for=team-tokens}
                  - {op: add, path: /spec/template/spec/containers/0/args/-, value: --mirror-credentials-for=team-tokens=private.example}
              - target: {kind: ClusterRole, name: berth-pod-tokens}
                patch: |
                  - {op: add, path: /rules/-, value: {apiGroups: [""], resources: [team-tokens.svc, team-tokens.svc/private.example],
                      verbs: [request-serviceaccounts-token-audience]}}
            """;

    private static final String RULES = """
            {"spec":{"access":{"rules":[
              {"subjects":[{"user":"push"}],"repositories":["**"],"actions":["pull","push","delete"]},
              {"subjects":[{"serviceAccount":{"namespace":"team-pods","name":"default"}}],
               "repositories":["hello","private.example/hello"],"actions":["pull"]}]}}}
            """;

    private final Installation berth;
    private final ClusterNode worker;
    private final RegistryOnCluster registry;
    private CredentialProviderOnNode provider;

    NoPullSecretE2E(Installation berth) {
        this.berth = berth;
        var nodes = berth.cluster().nodes();
        assumeThat(nodes).as("nodes whose kubelet a test may configure").isNotEmpty();
        this.worker = nodes.getLast();
        this.registry = RegistryOnCluster.apply(berth.cluster(), OWNER);
    }

    @BeforeAll
    void setUp() throws IOException {
        for (var namespace : new String[] {READER, STRANGER}) {
            berth.cluster()
                    .client()
                    .namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .addToLabels(RegistryOnCluster.LABEL, "")
                            .endMetadata()
                            .build())
                    .create();
        }
        berth.trust(OWNER, "registries,mirrors");
        berth.kubectl("apply", "-k", kustomization());
        berth.kubectl("-n", Installation.NODES, "rollout", "status", "daemonset/berth-node", "--timeout=120s");
        registry.kubectl("patch", "registry", "apps", "--type=merge", "--patch=" + RULES);
        mirrorPrivately();
        registry.await("Ready");
        registry.await("NodesConfigured");
        registry.push("hello:1");
        registry.push("other:1");
        provider = CredentialProviderOnNode.on(berth, worker);
    }

    @AfterAll
    void leaveTheNodeAsItWas() {
        if (provider != null) {
            provider.close();
        }
        berth.kubectl("apply", "-k", Checkout.root().resolve("deploy").toString());
        berth.kubectl("delete", "clusterrole,clusterrolebinding", "berth-pod-tokens");
        sendThePasswordTo("null");
    }

    @Test
    @Order(1)
    void kubelet_takes_the_flags_from_the_agent_s_file() {
        assertThat(provider.files())
                .containsExactly(
                        CredentialProviderOnNode.FOLDER + "/bin/berth-" + OWNER,
                        CredentialProviderOnNode.FOLDER + "/bin/berth-" + OWNER + "." + MIRRORED,
                        CredentialProviderOnNode.FOLDER + "/config.yaml",
                        CredentialProviderOnNode.FOLDER + "/kubelet.env");
        assertThat(provider.kubelet())
                .contains("--image-credential-provider-config=" + CredentialProviderOnNode.FOLDER);
    }

    @Test
    @Order(2)
    void a_pod_whose_service_account_a_rule_allows_pulls_without_any_secret() {
        runs(READER, "by-token", HELLO, "Always");
        assertThat(in(READER).kubectl("get", "secrets", "-o", "name")).isBlank();
        assertThat(in(READER).kubectl("get", "serviceaccount", "default", "-o", "jsonpath={.imagePullSecrets}"))
                .isBlank();
    }

    @Test
    @Order(3)
    void one_that_no_rule_allows_gets_an_event_that_says_why() {
        refused(
                STRANGER,
                "no-rule",
                HELLO,
                "Always",
                "no access rule allows service account team-stranger/default to pull hello");
        refused(
                READER,
                "no-rule-for-this",
                "apps." + OWNER + ".svc/other:1",
                "Always",
                "no access rule allows service account team-pods/default to pull other");
    }

    @Test
    @Order(4)
    void an_image_that_another_tenant_has_pulled_to_the_node_is_refused() {
        refused(
                STRANGER,
                "cached",
                HELLO,
                "IfNotPresent",
                "no access rule allows service account team-stranger/default to pull hello");
        runs(READER, "cached", HELLO, "IfNotPresent");
    }

    @Test
    @Order(5)
    void the_same_holds_for_images_of_a_private_mirror_by_the_name_of_its_upstream() {
        runs(READER, "mirrored", MIRRORED + "/hello:1", "Always");
        refused(
                STRANGER,
                "mirrored",
                MIRRORED + "/hello:1",
                "Always",
                "no access rule allows service account team-stranger/default to pull private.example/hello");
    }

    @Test
    @Order(6)
    void kubelet_starts_again_after_an_uninstallation_and_the_node_is_as_before() {
        berth.kubectl("delete", "-k", Checkout.root().resolve("deploy/node").toString());
        Awaitility.await("the agent has removed its files")
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(provider.files()).isEmpty());
        provider.restartKubelet();
        assertThat(provider.kubelet()).doesNotContain("image-credential-provider");
    }

    /** As the condition of the mirror says it; `null` allows no host any more. */
    private void sendThePasswordTo(String host) {
        var patch = "{\"data\":{\"" + MIRRORED + "\":" + host + "}}";
        berth.kubectl(
                "-n", Installation.SYSTEM, "patch", "configmap", "berth-credential-hosts", "--type=merge", "-p", patch);
    }

    /** Another Registry is the upstream: it has no rule for anybody's service account. */
    private void mirrorPrivately() {
        var upstream = RegistryOnCluster.apply(berth.cluster(), UPSTREAM);
        upstream.await("Ready");
        upstream.push("hello:1");
        sendThePasswordTo("\"" + upstream.address() + "\"");
        registry.kubectl(
                "create",
                "configmap",
                "upstream",
                "--from-literal=ca.crt=" + upstream.data("configmap", "apps-ca", "ca.crt"));
        registry.applyYaml("login.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: upstream}
                type: kubernetes.io/dockerconfigjson
                stringData:
                  .dockerconfigjson: '%s'
                """.formatted(upstream.data("secret", "apps-pull", ".dockerconfigjson")
                .replace(upstream.address() + "\"", MIRRORED + "\"")));
        registry.applyYaml("mirror.yaml", """
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: private}
                spec:
                  registryRef: {name: apps}
                  upstream:
                    host: %s
                    url: https://%s
                    caRef: {name: upstream}
                    credentialsSecretRef: {name: upstream}
                  nodes: {enabled: true}
                """.formatted(MIRRORED, upstream.address()));
        registry.kubectl("wait", "--for=condition=Ready", "imagemirror/private", "--timeout=60s");
        registry.kubectl("wait", "--for=condition=NodesConfigured", "imagemirror/private", "--timeout=60s");
    }

    private void runs(String namespace, String name, String image, String policy) {
        in(namespace).create(name, image, policy);
        berth.cluster().client().pods().inNamespace(namespace).withName(name).waitUntilReady(60, TimeUnit.SECONDS);
    }

    /** The events of a pod that does not get its image. */
    private void refused(String namespace, String name, String image, String policy, String why) {
        in(namespace).create(name, image, policy);
        Awaitility.await("an event that says why " + name
                        + " got no image") // kubelet tries again if the first failure is another one
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(in(namespace).failures(name)).contains(why));
    }

    private Pods in(String namespace) {
        return new Pods(berth, namespace, worker);
    }

    /** Pods of one namespace on one node. */
    private record Pods(Installation berth, String namespace, ClusterNode node) {
        void create(String name, String image, String policy) {
            new RegistryOnCluster(berth.cluster(), namespace)
                    .applyYaml(name + ".yaml", """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: %s}
                    spec:
                      nodeName: %s
                      terminationGracePeriodSeconds: 1
                      containers: [{name: hello, image: "%s", imagePullPolicy: %s}]
                    """.formatted(name, node.name(), image, policy));
        }

        String kubectl(String... arguments) {
            return new RegistryOnCluster(berth.cluster(), namespace).kubectl(arguments);
        }

        String failures(String name) {
            return kubectl(
                    "get",
                    "events",
                    "--field-selector=reason=Failed,involvedObject.name=" + name,
                    "-o",
                    "jsonpath={.items[*].message}");
        }
    }

    /** Below the checkout, since kustomize takes no absolute paths. */
    private static String kustomization() throws IOException {
        var folder = Files.createDirectories(Checkout.target().resolve("credential-provider"));
        Files.writeString(folder.resolve("kustomization.yaml"), KUSTOMIZATION);
        return folder.toString();
    }
}
