package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What `deploy/` promises, on a real API server: it applies as it stands, and asks for no more than it needs. */
final class ManifestsIT {
    private static final ApiServer SERVER = ApiServer.running();
    private static final KubernetesClient ADMIN = SERVER.admin();
    private static final Path KUBECTL = ApiServer.binary("kubectl");
    private static final Manifests DEPLOY = Manifests.of(Manifests.DEPLOY, KUBECTL, ADMIN);

    @BeforeAll
    static void apply() {
        DEPLOY.all(Namespace.class).forEach(ManifestsIT::strictly);
        DEPLOY.objects().forEach(ManifestsIT::strictly);
    }

    @Test
    void the_operator_s_pod_is_admitted_where_pod_security_is_restricted() {
        countCriticalPods("berth-system");
        assertThat(admitted(operator(), "berth-system").getSpec().getPriority()).isEqualTo(2_000_000_000);
        assertThat(DEPLOY.one(Namespace.class, "berth-system").getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @Test
    void an_agent_s_pod_is_admitted_in_the_namespace_made_for_it_and_in_no_restricted_one() {
        countCriticalPods("berth-nodes");
        assertThat(admitted(agent(), "berth-nodes").getSpec().getPriority()).isGreaterThan(2_000_000_000);
        var elsewhere = new PodTemplateSpecBuilder(agent())
                .editSpec()
                .withServiceAccountName("berth-operator")
                .endSpec()
                .build();
        assertThatThrownBy(() -> admitted(elsewhere, "berth-system"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("violates PodSecurity");
    }

    @Test
    void an_agent_has_three_folders_of_its_node_and_writes_to_one() {
        var agent = agent().getSpec();
        assertThat(agent.getVolumes())
                .filteredOn(volume -> volume.getHostPath() != null)
                .extracting(volume -> volume.getHostPath().getPath())
                .containsExactlyInAnyOrder("/etc/containerd", "/etc/containerd/certs.d", "/run");
        assertThat(mount(agent, "containerd").getReadOnly()).isTrue();
        assertThat(mount(agent, "run").getReadOnly()).isTrue();
        assertThat(mount(agent, "certs").getMountPath()).isEqualTo("/host/etc/containerd/certs.d");
        assertThat(Stream.of(agent.getHostNetwork(), agent.getHostPID(), agent.getHostIPC()))
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k3s", "rke2"})
    void a_component_moves_the_agents_folders_to_those_of_its_distribution(String distribution, @TempDir Path copy)
            throws IOException {
        var daemonSet = withComponents(copy, "", distribution, "endpoint").one(DaemonSet.class, "berth-node");
        var agent = daemonSet.getSpec().getTemplate().getSpec();
        var folder = "/var/lib/rancher/" + distribution + "/agent/etc/containerd";
        assertThat(agent.getVolumes())
                .filteredOn(volume -> volume.getHostPath() != null)
                .extracting(volume -> volume.getHostPath().getPath())
                .containsExactlyInAnyOrder(folder, folder + "/certs.d", "/run");
        assertThat(mount(agent, "containerd").getMountPath()).isEqualTo("/host" + folder);
        assertThat(mount(agent, "containerd").getReadOnly()).isTrue();
        assertThat(mount(agent, "certs").getMountPath()).isEqualTo("/host" + folder + "/certs.d");
        assertThat(agent.getContainers().getFirst().getArgs())
                .contains("--node-root=/host", "--endpoint=127.0.0.1:5003");
    }

    @Test
    void the_credential_provider_adds_one_folder_and_no_right_for_the_agents(@TempDir Path folder) throws IOException {
        var with = withComponents(folder, """
                patches:
                  - target: {kind: ClusterRole, name: berth-pod-tokens}
                    patch: |
                      - {op: add, path: /rules/-, value: {apiGroups: [""], resources: [team-a.svc, team-a.svc/quay.io],
                          verbs: [request-serviceaccounts-token-audience]}}
                """, "credential-provider");
        with.objects().forEach(ManifestsIT::strictly);
        var agent = with.one(DaemonSet.class, "berth-node").getSpec().getTemplate();

        countCriticalPods("berth-nodes");
        assertThat(admitted(agent, "berth-nodes")).isNotNull();
        assertThat(agent.getSpec().getVolumes())
                .filteredOn(volume -> volume.getHostPath() != null)
                .extracting(volume -> volume.getHostPath().getPath())
                .containsExactlyInAnyOrder(
                        "/etc/containerd", "/etc/containerd/certs.d", "/run", "/var/lib/berth/credential-provider");
        assertThat(mount(agent.getSpec(), "credential-provider").getMountPath())
                .isEqualTo("/host/var/lib/berth/credential-provider");
        assertThat(agent.getSpec().getContainers().getFirst().getArgs())
                .endsWith("--credential-provider=/var/lib/berth/credential-provider");
        var verb = "request-serviceaccounts-token-audience";
        try (var agents = SERVER.as("system:serviceaccount:berth-nodes:berth-node")) {
            assertThat(allowed(agents, verb, "", "team-a.svc", "team-b", "default"))
                    .isFalse();
        }
        try (var kubelet = SERVER.node("worker")) {
            assertThat(allowed(kubelet, verb, "", "team-a.svc", "team-b", "default"))
                    .isTrue();
            assertThat(allowed(kubelet, verb, "", "team-a.svc/quay.io", "team-b", "default"))
                    .isTrue();
            assertThat(allowed(kubelet, verb, "", "team-b.svc", "team-b", "default"))
                    .isFalse();
            assertThat(allowed(kubelet, verb, "", "apps.team-a.svc", "team-b", "default"))
                    .isFalse();
        }
    }

    @Test
    void without_a_namespace_kubelets_may_request_no_token_more_than_before(@TempDir Path folder) throws IOException {
        var role = withComponents(folder, "", "credential-provider").one(ClusterRole.class, "berth-pod-tokens");
        assertThat(role.getRules()).isEmpty();
    }

    @Test
    void agents_that_may_restart_containerd_may_write_its_configuration_and_use_one_lease(@TempDir Path folder)
            throws IOException {
        var with = withComponents(folder, "", "manage-runtime-config");
        with.objects().forEach(ManifestsIT::strictly);
        var agent = with.one(DaemonSet.class, "berth-node").getSpec().getTemplate();

        countCriticalPods("berth-nodes");
        assertThat(admitted(agent, "berth-nodes")).isNotNull();
        var container = agent.getSpec().getContainers().getFirst();
        assertThat(container.getArgs()).endsWith("--manage-runtime-config");
        assertThat(mount(agent.getSpec(), "containerd").getReadOnly()).isNull();
        assertThat(container.getSecurityContext().getAppArmorProfile().getType())
                .isEqualTo("Unconfined");
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getPrivileged()).isNull();
        assertThat(agent.getSpec().getVolumes()).isEqualTo(agent().getSpec().getVolumes());
        var leases = "coordination.k8s.io";
        try (var agents = SERVER.as("system:serviceaccount:berth-nodes:berth-node")) {
            assertThat(allowed(agents, "update", leases, "leases", "berth-nodes", "berth-node-restart"))
                    .isTrue();
            assertThat(allowed(agents, "update", leases, "leases", "berth-nodes", "another"))
                    .isFalse();
            assertThat(allowed(agents, "create", leases, "leases", "berth-nodes", ""))
                    .isFalse();
            assertThat(allowed(agents, "update", leases, "leases", "kube-node-lease", "worker"))
                    .isFalse();
        }
    }

    @Test
    void on_openshift_the_cluster_chooses_the_operators_user_and_agents_may_write_to_their_node(@TempDir Path folder)
            throws IOException {
        var with = withComponents(folder, "", "../openshift", "other-runtimes");
        with.objects().forEach(ManifestsIT::strictly);
        var operator = with.one(Deployment.class, "berth-operator").getSpec().getTemplate();
        assertThat(operator.getSpec().getSecurityContext().getRunAsUser()).isNull();
        assertThat(operator.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        var agent = with.one(DaemonSet.class, "berth-node").getSpec().getTemplate();
        assertThat(agent.getSpec()
                        .getContainers()
                        .getFirst()
                        .getSecurityContext()
                        .getSeLinuxOptions()
                        .getType())
                .isEqualTo("spc_t");
        assertThat(with.one(RoleBinding.class, "berth-node-privileged")
                        .getRoleRef()
                        .getName())
                .isEqualTo("system:openshift:scc:privileged");
    }

    /** Renders deploy/ with some of its components, and with further lines of the kustomization. */
    private static Manifests withComponents(Path folder, String further, String... components) throws IOException {
        copyDeploy(folder);
        var paths = Stream.of(components).map(name -> "deploy/node/" + name).collect(Collectors.joining(", "));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [deploy]
                components: [%s]
                """.formatted(paths) + further);
        return Manifests.of(folder, KUBECTL, ADMIN);
    }

    private static void copyDeploy(Path folder) throws IOException {
        copy(Manifests.DEPLOY, folder.resolve("deploy"));
        copy(Manifests.DEPLOY.resolveSibling("crds"), folder.resolve("crds"));
    }

    @Test
    void no_container_is_privileged_or_may_become_so() {
        assertThat(containers()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(container -> {
            var security = container.getSecurityContext();
            assertThat(security.getPrivileged()).isNull();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isEmpty();
        });
    }

    @Test
    void a_drain_evicts_the_only_operator_but_never_two_at_once() {
        var budget = DEPLOY.one(PodDisruptionBudget.class, "berth-operator").getSpec();
        assertThat(budget.getMaxUnavailable().getIntVal()).isEqualTo(1);
        assertThat(operator().getMetadata().getLabels())
                .containsAllEntriesOf(budget.getSelector().getMatchLabels());
    }

    @Test
    void only_who_has_business_there_reaches_the_ports_of_the_operator_and_of_the_agents() {
        var policies = Map.of("berth-operator", operator(), "berth-node", agent());
        policies.forEach((name, pod) -> {
            var policy = DEPLOY.one(NetworkPolicy.class, name).getSpec();
            assertThat(pod.getMetadata().getLabels())
                    .containsAllEntriesOf(policy.getPodSelector().getMatchLabels());
            assertThat(policy.getPolicyTypes()).containsExactly("Ingress");
            assertThat(policy.getIngress()).singleElement().satisfies(rule -> {
                assertThat(rule.getFrom()).isNotEmpty();
                assertThat(rule.getPorts())
                        .extracting(port -> port.getPort().getIntVal())
                        .containsExactly(pod.getSpec()
                                .getContainers()
                                .getFirst()
                                .getPorts()
                                .getFirst()
                                .getContainerPort());
            });
        });
        assertThat(DEPLOY.one(NetworkPolicy.class, "berth-node")
                        .getSpec()
                        .getIngress()
                        .getFirst()
                        .getFrom())
                .as("the operator asks the agents for their status")
                .anySatisfy(peer -> assertThat(operator().getMetadata().getLabels())
                        .containsAllEntriesOf(peer.getPodSelector().getMatchLabels()));
    }

    @Test
    void a_component_limits_what_the_operator_connects_to(@TempDir Path copy) throws IOException {
        var policy = withComponents(copy, "", "../operator/egress").one(NetworkPolicy.class, "berth-operator");
        strictly(policy);
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getEgress().stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(port -> port.getPort().getIntVal()))
                .containsExactlyInAnyOrder(443, 6443, 53, 53, 5001, 5002);
        strictly(DEPLOY.one(NetworkPolicy.class, "berth-operator"));
    }

    @Test
    void agents_run_on_every_node() {
        assertThat(agent().getSpec().getTolerations()).singleElement().satisfies(toleration -> {
            assertThat(toleration.getOperator()).isEqualTo("Exists");
            assertThat(toleration.getKey()).isNull();
        });
    }

    @Test
    void one_line_moves_all_images(@TempDir Path copy) throws IOException {
        assertThat(images(DEPLOY)).hasSize(3).allMatch(image -> image.matches("berth\\.dev/berth-[a-z]+:0\\.1\\.0"));
        copyDeploy(copy);
        var file = copy.resolve("deploy/images.yaml");
        Files.writeString(
                file, Files.readString(file).replace("prefix: berth.dev", "prefix: registry.example.com:5000/tools"));

        assertThat(images(Manifests.of(copy.resolve("deploy"), KUBECTL, ADMIN)))
                .containsExactlyInAnyOrderElementsOf(images(DEPLOY).stream()
                        .map(image -> image.replace("berth.dev/", "registry.example.com:5000/tools/"))
                        .toList());
    }

    @Test
    void the_component_for_other_runtimes_adds_the_node_s_etc_and_nothing_else(@TempDir Path copy) throws IOException {
        var daemonSet = withComponents(copy, "", "other-runtimes").one(DaemonSet.class, "berth-node");
        var pod = daemonSet.getSpec().getTemplate().getSpec();
        assertThat(mount(pod, "etc").getMountPath()).isEqualTo("/host/etc");
        assertThat(pod.getVolumes().removeIf(volume -> volume.getName().equals("etc")))
                .isTrue();
        pod.getContainers().getFirst().getVolumeMounts().remove(mount(pod, "etc"));
        assertThat(pod).isEqualTo(agent().getSpec());
    }

    /** Messages and guides give `kubectl patch` for them, which needs them to exist. */
    @ParameterizedTest
    @ValueSource(strings = {"berth-trusted-namespaces", "berth-credential-hosts", "berth-operator-settings"})
    void each_list_that_an_administrator_patches_is_there_and_empty(String name) {
        var list = DEPLOY.one(ConfigMap.class, name);
        assertThat(list.getMetadata().getNamespace()).isEqualTo("berth-system");
        assertThat(list.getData()).isNullOrEmpty();
    }

    /** The rules of both are written by hand, because RBAC has no way to share them. */
    @Test
    void the_role_for_one_namespace_has_the_rules_of_the_cluster_role_that_a_role_can_grant() {
        var clusterWide = Set.of("customresourcedefinitions", "storageclasses");
        var ofCluster = DEPLOY.one(ClusterRole.class, "berth-operator").getRules().stream()
                .filter(rule -> rule.getResources().stream().noneMatch(clusterWide::contains))
                .map(rule -> rule.getResources().equals(List.of("namespaces"))
                        ? new PolicyRuleBuilder(rule).withVerbs("get").build()
                        : rule)
                .toList();
        var watched = Manifests.of(Manifests.DEPLOY.resolve("namespaced/watched"), KUBECTL, ADMIN);
        assertThat(watched.one(Role.class, "berth-operator-watched").getRules()).containsExactlyElementsOf(ofCluster);
    }

    @Test
    void a_limited_operator_keeps_two_rules_for_the_whole_cluster(@TempDir Path folder) throws IOException {
        var limited = withComponents(folder, "", "../namespaced");
        assertThat(limited.one(ClusterRole.class, "berth-operator").getRules())
                .allMatch(rule -> rule.getVerbs().equals(List.of("get")))
                .flatExtracting(PolicyRule::getResources)
                .containsExactly("customresourcedefinitions", "storageclasses");
        limited.all(Role.class).forEach(ManifestsIT::strictly);
    }

    @ParameterizedTest
    @CsvSource({
        "create, '', pods, team-a",
        "delete, '', pods, team-a",
        "create, '', pods/exec, team-a",
        "list, '', nodes, ''",
        "create, rbac.authorization.k8s.io, clusterroles, ''",
        "impersonate, '', users, ''",
        "update, berth.dev, registries, team-a",
        "delete, apps, daemonsets, berth-nodes",
        "delete, '', persistentvolumeclaims, team-a",
        "delete, '', services, team-a",
        "delete, berth.dev, registries, team-a",
        "create, '', namespaces, ''",
        "delete, '', namespaces, team-a"
    })
    void the_operator_may_not(String verb, String group, String resource, String namespace) {
        try (var operator = SERVER.operator()) {
            assertThat(allowed(operator, verb, group, resource, namespace, "")).isFalse();
        }
    }

    @Test
    void an_agent_may_ask_after_its_daemon_set_and_its_namespace_and_nothing_else() {
        try (var agent = SERVER.as("system:serviceaccount:berth-nodes:berth-node")) {
            assertThat(allowed(agent, "get", "apps", "daemonsets", "berth-nodes", "berth-node"))
                    .isTrue();
            assertThat(allowed(agent, "get", "", "namespaces", "berth-nodes", "berth-nodes"))
                    .isTrue();
            assertThat(allowed(agent, "get", "apps", "daemonsets", "berth-nodes", "another"))
                    .isFalse();
            assertThat(allowed(agent, "get", "", "namespaces", "kube-system", "kube-system"))
                    .isFalse();
            assertThat(allowed(agent, "list", "", "pods", "berth-nodes", "")).isFalse();
            assertThat(allowed(agent, "get", "", "secrets", "berth-nodes", "")).isFalse();
        }
    }

    @Test
    void an_agent_may_watch_its_daemon_set_and_its_namespace() {
        try (var agent = SERVER.as("system:serviceaccount:berth-nodes:berth-node")) {
            assertThat(agent.raw("/api/v1/watch/namespaces/berth-nodes?timeoutSeconds=1"))
                    .contains("\"ADDED\"");
            assertThat(agent.raw("/apis/apps/v1/namespaces/berth-nodes/daemonsets"
                            + "?watch=true&fieldSelector=metadata.name%3Dberth-node&timeoutSeconds=1"))
                    .contains("\"ADDED\"");
        }
    }

    @Test
    void a_registry_takes_six_lines_at_most() throws IOException {
        assertThat(Files.readAllLines(Manifests.DEPLOY.resolve("samples/registry.yaml")))
                .hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void the_api_server_takes_the_samples() throws IOException {
        strictly(new NamespaceBuilder()
                .withNewMetadata()
                .withName("team-a")
                .endMetadata()
                .build());
        strictly(new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("default")
                .withNamespace("team-a")
                .endMetadata()
                .build());
        var samples = files(Manifests.DEPLOY.resolve("samples"));
        assertThat(samples).isNotEmpty();
        for (var sample : samples) {
            try (var yaml = Files.newInputStream(sample)) {
                ADMIN.load(yaml)
                        .items()
                        .forEach(object -> ADMIN.resource(object)
                                .dryRun()
                                .fieldValidation(Validation.STRICT)
                                .create());
            }
        }
    }

    @Test
    void kubectl_apply_f_crds_takes_the_crds_and_nothing_else() throws IOException {
        assertThat(files(Manifests.DEPLOY.resolveSibling("crds")))
                .extracting(file -> file.getFileName().toString())
                .filteredOn(name -> name.matches(".*\\.(yaml|yml|json)"))
                .containsExactlyInAnyOrder("imagemirrors.berth.dev.yaml", "registries.berth.dev.yaml");
    }

    /** Applies as kubectl does, but refuses fields that the API doesn't know. */
    private static void strictly(HasMetadata object) {
        ADMIN.resource(object)
                .fieldValidation(Validation.STRICT)
                .forceConflicts()
                .serverSideApply();
    }

    private static PodTemplateSpec operator() {
        return DEPLOY.one(Deployment.class, "berth-operator").getSpec().getTemplate();
    }

    private static PodTemplateSpec agent() {
        return DEPLOY.one(DaemonSet.class, "berth-node").getSpec().getTemplate();
    }

    private static List<Container> containers() {
        return Stream.of(operator(), agent())
                .flatMap(template -> template.getSpec().getContainers().stream())
                .toList();
    }

    /** The pod as the API server would store it; refusals are exceptions. */
    private static Pod admitted(PodTemplateSpec template, String namespace) {
        return ADMIN.resource(new PodBuilder()
                        .withNewMetadata()
                        .withGenerateName("dry-run-")
                        .withNamespace(namespace)
                        .withLabels(template.getMetadata().getLabels())
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .dryRun()
                .create();
    }

    /** What the quota controller of a whole cluster does; without it every critical pod is refused. */
    private static void countCriticalPods(String namespace) {
        ADMIN.resourceQuotas()
                .inNamespace(namespace)
                .withName("critical-pods")
                .editStatus(quota -> new ResourceQuotaBuilder(quota)
                        .withNewStatus()
                        .withHard(quota.getSpec().getHard())
                        .withUsed(Map.of("pods", new Quantity("0")))
                        .endStatus()
                        .build());
    }

    private static VolumeMount mount(PodSpec pod, String volume) {
        return pod.getContainers().getFirst().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(volume))
                .findFirst()
                .orElseThrow();
    }

    /** Images of the operator, of the agents, and of the servers that the operator starts. */
    private static List<String> images(Manifests manifests) {
        var operator = manifests
                .one(Deployment.class, "berth-operator")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        var agent = manifests
                .one(DaemonSet.class, "berth-node")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        var server = operator.getEnv().stream()
                .filter(variable -> variable.getName().equals("BERTH_SERVER_IMAGE"))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
        return List.of(operator.getImage(), agent.getImage(), server);
    }

    private static boolean allowed(
            KubernetesClient client, String verb, String group, String resource, String namespace, String name) {
        var parts = resource.split("/", 2);
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(parts[0])
                        .withSubresource(parts.length > 1 ? parts[1] : "")
                        .withNamespace(namespace)
                        .withName(name)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files.filter(ManifestsIT::isManifest)::iterator) {
                var copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static boolean isManifest(Path file) {
        return file.toString().endsWith(".yaml") || file.endsWith("Kustomization");
    }
}
