package dev.berth.operator;

import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A real kube-apiserver on a real etcd, one for all tests of this JVM, with Berth's CRDs and the operator's rights as
 * `deploy/` grants them. There are no controllers and no nodes: what those would do, a test does itself.
 */
public final class ApiServer {
    private static final String VERSION = "1.34.4";
    /** Maven runs several of these tests at a time, each process with an API server of its own. */
    private static final Path FOLDER = Path.of("target", "kube-api-test", System.getProperty("fork", "fork-1"))
            .toAbsolutePath();

    private static final Path AUDIT_LOG = FOLDER.resolve("audit.log");
    private static final ApiServer RUNNING = start();

    private final String kubeconfig;
    private final KubernetesClient admin;
    private String operatorToken = "";

    private ApiServer(String kubeconfig) {
        this.kubeconfig = kubeconfig;
        this.admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    /** The server, started by whoever asks first. */
    public static ApiServer running() {
        return RUNNING;
    }

    /** Who may do everything. */
    public KubernetesClient admin() {
        return admin;
    }

    /** The kubeconfig of the operator's ServiceAccount, for processes. */
    String kubeconfig() {
        var config = operatorConfig();
        return """
                apiVersion: v1
                kind: Config
                current-context: operator
                contexts:
                  - name: operator
                    context: {cluster: test, user: operator}
                clusters:
                  - name: test
                    cluster: {server: %s, certificate-authority: %s}
                users:
                  - name: operator
                    user: {token: %s}
                """.formatted(config.getMasterUrl(), config.getCaCertFile(), operatorToken);
    }

    /** A new client of the operator's ServiceAccount, with no more rights than `deploy/` gives it. */
    public KubernetesClient operator() {
        return new KubernetesClientBuilder().withConfig(operatorConfig()).build();
    }

    /** The configuration of {@link #operator()}, for whoever makes a client of its own. */
    public Config operatorConfig() {
        return new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
                .withClientCertData(null)
                .withClientCertFile(null)
                .withClientKeyData(null)
                .withClientKeyFile(null)
                .withOauthToken(operatorToken)
                .build();
    }

    /** A new client of a service account. */
    KubernetesClient as(String user) {
        return as(user, "system:serviceaccounts");
    }

    /** A new client of a person, who has only the rights that a test grants. */
    KubernetesClient person(String name) {
        return as(name, "people");
    }

    /** A new client of the kubelet of a node. */
    KubernetesClient node(String name) {
        return as("system:node:" + name, "system:nodes");
    }

    private KubernetesClient as(String user, String group) {
        return new KubernetesClientBuilder().withConfig(config(user, group)).build();
    }

    private Config config(String user, String group) {
        return new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
                .withImpersonateUsername(user)
                .withImpersonateGroups(group, "system:authenticated")
                .build();
    }

    /** A namespace of the test's own, so that tests don't meet. */
    public String namespace(String name) {
        admin.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** Deletes all Registries and ImageMirrors, for tests that count those of the whole cluster: other tests may have left some. */
    public void deleteRegistriesAndMirrors() {
        admin.resources(ImageMirror.class).inAnyNamespace().delete();
        admin.resources(Registry.class).inAnyNamespace().delete();
        Awaitility.await("Registries are gone")
                .atMost(Duration.ofSeconds(20))
                .until(() -> admin.resources(Registry.class)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .isEmpty());
    }

    /** Returns the requests by which the operator has written something so far: a line `verb resource namespace/name` for each request. */
    public List<String> writes() {
        return auditLog().stream()
                .filter(AuditLine::isWrite)
                .map(AuditLine::toString)
                .toList();
    }

    /** How many of the operator's writes the API server has taken so far. */
    long acceptedWrites() {
        return auditLog().stream()
                .filter(AuditLine::isWrite)
                .filter(AuditLine::accepted)
                .count();
    }

    /** All that the operator has asked for so far, except for watches that are still open. */
    List<AuditLine> requests() {
        return auditLog();
    }

    private static List<AuditLine> auditLog() {
        try (var lines = Files.lines(AUDIT_LOG)) {
            return lines.map(AuditLine::parse).flatMap(Optional::stream).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A program of the Kubernetes version that this server is of: `kubectl`. */
    static Path binary(String name) {
        return cache().resolve("jenvtest")
                .resolve("k8s")
                .resolve(VERSION + "-linux-amd64")
                .resolve(name);
    }

    private static ApiServer start() {
        prepareFolder();
        var config = KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(FOLDER.toString())
                .withApiServerVersion(VERSION)
                .withOfflineMode(true)
                .withApiServerFlag(
                        "--audit-policy-file", resource("audit-policy.yaml").toString())
                .withApiServerFlag("--audit-log-path", AUDIT_LOG.toString())
                .withApiServerFlag("--audit-log-mode", "blocking")
                .build();
        var server = new KubeAPIServer(config);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        var running = new ApiServer(server.getKubeConfigYaml());
        running.install();
        return running;
    }

    private void install() {
        storageClass("standard", true);
        storageClass("other", false);
        namespace("berth-system");
        namespace("berth-nodes");
        applyAll(Path.of("..", "crds", "registries.berth.dev.yaml"));
        applyAll(Path.of("..", "crds", "imagemirrors.berth.dev.yaml"));
        applyAll(Path.of("..", "deploy", "operator", "rbac.yaml"));
        applyAll(Path.of("..", "deploy", "node", "rbac.yaml"));
        Awaitility.await("the API server serves registries.berth.dev")
                .atMost(Duration.ofSeconds(20))
                .until(() -> admin.getApiResources("berth.dev/v1alpha1") != null);
        operatorToken = admin.serviceAccounts()
                .inNamespace("berth-system")
                .withName("berth-operator")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(Duration.ofHours(24).toSeconds())
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        requireTheOperatorIsNoAdmin();
    }

    /** Otherwise every test would pass, whatever rights the operator has. */
    private void requireTheOperatorIsNoAdmin() {
        try (var operator = operator()) {
            var user = operator.resource(new SelfSubjectReview())
                    .create()
                    .getStatus()
                    .getUserInfo()
                    .getUsername();
            if (!user.equals("system:serviceaccount:berth-system:berth-operator")) {
                throw new IllegalStateException("the operator's client is logged in as " + user);
            }
        }
    }

    private void storageClass(String name, boolean isDefault) {
        admin.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToAnnotations("storageclass.kubernetes.io/is-default-class", String.valueOf(isDefault))
                        .endMetadata()
                        .withProvisioner("example.com/none")
                        .withAllowVolumeExpansion(true)
                        .build())
                .create();
    }

    private void applyAll(Path file) {
        try (var yaml = Files.newInputStream(file)) {
            admin.load(yaml).items().forEach(item -> admin.resource(item).serverSideApply());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Certificates and etcd's data go to this build's own folder; the binaries are shared. */
    private static void prepareFolder() {
        var binaries = cache().resolve("jenvtest").resolve("k8s");
        if (!Files.isExecutable(binaries.resolve(VERSION + "-linux-amd64").resolve("kube-apiserver"))) {
            throw new IllegalStateException("no kube-apiserver in " + binaries
                    + "; e2e/bin/kubernetes-binaries makes one, and ./verify calls it");
        }
        try {
            Files.createDirectories(FOLDER);
            Files.deleteIfExists(AUDIT_LOG);
            Files.deleteIfExists(FOLDER.resolve("k8s"));
            Files.createSymbolicLink(FOLDER.resolve("k8s"), binaries);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Path cache() {
        var environment = System.getenv();
        return Optional.ofNullable(environment.get("BERTH_CACHE"))
                .or(() -> Optional.ofNullable(environment.get("XDG_CACHE_HOME")).map(home -> home + "/berth"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "berth"));
    }

    private static Path resource(String name) {
        return Path.of("src", "test", "resources", name).toAbsolutePath();
    }
}
