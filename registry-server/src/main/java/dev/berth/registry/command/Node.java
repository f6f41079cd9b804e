package dev.berth.registry.command;

import dev.berth.registry.BerthVersion;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.node.DockerHosts;
import dev.berth.registry.node.NodeService;
import dev.berth.registry.node.NodeSettings;
import dev.berth.registry.node.NodeSettings.DaemonSet;
import dev.berth.registry.node.NodeSettings.DockerApi;
import dev.berth.registry.node.NodeSettings.NodePlace;
import dev.berth.registry.node.NodeSettings.Runtimes;
import dev.berth.registry.node.RuntimeSettings.ContainerdSettings;
import dev.berth.registry.node.RuntimeSettings.CrioSettings;
import dev.berth.registry.node.RuntimeSettings.DockerSettings;
import dev.berth.registry.node.RuntimeSettings.PodmanSettings;
import dev.berth.registry.node.credentials.CredentialSettings;
import dev.berth.registry.node.credentials.InvalidScope;
import dev.berth.registry.node.credentials.TokenScope;
import dev.berth.registry.reference.Count;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** `berth-registry node`: the agent that sets up the container runtime of a node for the cluster's registries. */
@Command(
        name = "node",
        description =
                "Configures the container runtime of this node for the registries in a list of hosts, and keeps it up to date.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the agent was stopped, or has removed its files; with --once: all engines have all images",
            "1:a file could not be removed from the node; with --once: an engine is away or lacks an image",
            ExitCodes.USAGE
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry node --hosts /etc/berth/hosts.yaml",
            "  berth-registry node --remove",
            "  berth-registry node --runtime docker --hosts /etc/berth/hosts.yaml",
            "  berth-registry node --hosts hosts.yaml --docker-hosts engines --once"
        })
final class Node implements Callable<Integer> {
    /** The runtimes that the agent knows, the preferred one first. */
    static final class RuntimeNames implements Iterable<String> {
        private static final List<String> ALL = List.of("containerd", "cri-o", "docker", "podman");

        @Override
        public Iterator<String> iterator() {
            return ALL.iterator();
        }
    }

    /** Less than kubelet's default grace period of 30 s, so that the process ends by itself. */
    private static final int SECONDS_TO_LEAVE = 25;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--hosts",
            paramLabel = "PATH",
            description = "List of hosts: a folder with hosts-0.yaml and so on, or one YAML file with"
                    + " hosts: [{name, endpoint, ca}] (default: ${DEFAULT-VALUE}).")
    private Path hosts = Path.of("/etc/berth/hosts");

    @Option(
            names = "--runtime",
            paramLabel = "NAME",
            description =
                    "Container runtime to set up: ${COMPLETION-CANDIDATES}. The files are those below the node's root folder"
                            + " (default: the first of these that is found; in Kubernetes, Docker Engine counts only if the kubelet uses it,"
                            + " and podman never).",
            completionCandidates = RuntimeNames.class)
    private @Nullable String runtime;

    @Option(
            names = "--containerd-certs",
            paramLabel = "DIR",
            description =
                    "Folder of containerd's per-host files (default: the one that config_path in its configuration names).")
    private @Nullable Path certs;

    @Option(
            names = "--containerd-config",
            paramLabel = "FILE",
            description =
                    "Configuration of containerd. The agent checks that it names the folder in config_path. Without this file, the agent"
                            + " writes nothing (default: config.toml beside --containerd-certs, or where containerd, k3s and RKE2"
                            + " have it below --node-root).")
    private @Nullable Path configuration;

    @Option(
            names = "--manage-runtime-config",
            description =
                    "Add a file to the configuration of containerd if it reads no per-host files, and restart containerd. In Kubernetes one"
                            + " node does so at a time. If containerd does not come up, the agent removes the file again and leaves the"
                            + " configuration alone from then on.")
    private boolean manageRuntimeConfig;

    @Option(
            names = "--cri-socket",
            paramLabel = "SOCKET",
            split = ",",
            description =
                    "Where the container runtime may listen. The agent asks the first that answers to pull a tiny image from each"
                            + " registry that it has set up, and which images this node has (default: the usual sockets of containerd,"
                            + " k3s, CRI-O and cri-dockerd).")
    private @Nullable List<Path> criSockets;

    @Option(
            names = "--node-root",
            paramLabel = "DIR",
            description = "Root folder of the node, as the agent sees it (default: ${DEFAULT-VALUE}).")
    private Path nodeRoot = Path.of("/");

    @Option(
            names = "--node-name",
            paramLabel = "NAME",
            description = "Name of this node. By its labels the agent knows which images to pull in advance"
                    + " (default: NODE_NAME in the environment).")
    private @Nullable String nodeName;

    @Option(
            names = "--management-host",
            paramLabel = "HOST",
            description = "Address for /livez, /readyz, /status, /images and /metrics (default: ${DEFAULT-VALUE}).")
    private String managementHost = "0.0.0.0";

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "Port for /livez, /readyz, /status, /images and /metrics (default: ${DEFAULT-VALUE}).")
    private int managementPort = 5002;

    @Option(
            names = "--endpoint",
            paramLabel = "HOST:PORT",
            description =
                    "Loopback address at which the container runtimes of this node ask the agent for images, such as 127.0.0.1:5003. The"
                            + " agent asks the registries, and answers within 2 s whatever they do (default: runtimes ask the registries).")
    private @Nullable String endpoint;

    @Option(
            names = "--credential-provider",
            paramLabel = "DIR",
            description =
                    "Folder of the node in which the agent installs kubelet's credential provider, with which pods pull without a pull secret."
                            + " Kubelet needs two flags for it, which the agent writes to kubelet.env in this folder"
                            + " (default: the agent installs none).")
    private @Nullable Path credentialProvider;

    @Option(
            names = "--credentials-for",
            paramLabel = "NAMESPACE[=HOST]",
            split = ",",
            description =
                    "Namespace to whose registries kubelet sends the service account tokens of pods that pull from them, and another host"
                            + " name of these registries.")
    private List<String> credentialsFor = List.of();

    @Option(
            names = "--mirror-credentials-for",
            paramLabel = "NAMESPACE=IMAGES",
            split = ",",
            description =
                    "Images of another registry, such as team-a=quay.io/acme, that a registry of the namespace mirrors with credentials."
                            + " Kubelet sends a token with pulls of them that is good for this mirror alone.")
    private List<String> mirrorCredentialsFor = List.of();

    @Option(
            names = "--daemon-set",
            paramLabel = "NAME",
            description =
                    "DaemonSet that runs this agent, in the namespace of the pod. If the DaemonSet or its namespace is deleted when the"
                            + " agent stops, the agent removes its files from the node. Otherwise the files stay.")
    private @Nullable String daemonSet;

    @Option(
            names = "--service-account",
            paramLabel = "DIR",
            description =
                    "Folder where Kubernetes mounts ca.crt, token and namespace of the pod (default: ${DEFAULT-VALUE}).")
    private Path account = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    @Mixin
    private final DockerEngines engines = new DockerEngines();

    @Option(names = "--remove", description = "Remove every file that Berth wrote on this node, and exit.")
    private boolean remove;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var environment = System.getenv();
        var elsewhere = engines.elsewhere(environment);
        if (elsewhere.isPresent()) {
            return preload(new DockerHosts(hosts, elsewhere.get(), DockerEngines.logins(environment)));
        }
        var settings = settings(environment);
        return remove ? remove(settings) : run(settings);
    }

    private static int run(NodeSettings settings) throws IOException, InterruptedException {
        var left = new CountDownLatch(1);
        try (var service = NodeService.open(settings, BerthVersion.current(), Clock.systemUTC())) {
            EndSignal.then(() -> stop(service, left));
            service.run();
            return 0;
        } finally {
            left.countDown();
        }
    }

    /** Kubelet ends a process that takes longer. */
    private static boolean stop(NodeService service, CountDownLatch left) throws InterruptedException {
        var endedByItself = left.getCount() == 0;
        service.stop();
        return left.await(SECONDS_TO_LEAVE, TimeUnit.SECONDS) && !endedByItself;
    }

    private int preload(DockerHosts docker) throws InterruptedException {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        if (engines.once()) {
            var round = docker.round(report -> commandLine.getOut().println(report));
            round.problem().ifPresent(commandLine.getErr()::println);
            return round.complete() && round.problem().isEmpty() ? 0 : 1;
        }
        var stop = new CountDownLatch(1);
        EndSignal.then(() -> {
            stop.countDown(); // an engine goes on with its pulls
            return true;
        });
        docker.follow(stop);
        return 0;
    }

    private int remove(NodeSettings settings) {
        var failures = NodeService.clean(settings);
        if (spec != null) {
            var err = spec.commandLine().getErr();
            failures.forEach(err::println);
            err.println(
                    failures.isEmpty()
                            ? "Every file that Berth wrote on this node is removed."
                            : Count.of(failures.size(), "file") + " could not be removed.");
        }
        return failures.isEmpty() ? 0 : 1;
    }

    private NodeSettings settings(Map<String, String> environment) {
        return new NodeSettings(
                hosts,
                runtimes(environment),
                docker(environment),
                place(environment),
                new InetSocketAddress(managementHost, managementPort),
                Optional.ofNullable(endpoint).map(this::loopback),
                credentials(),
                manageRuntimeConfig,
                Optional.ofNullable(daemonSet).map(name -> daemonSet(name, environment)));
    }

    private Runtimes runtimes(Map<String, String> environment) {
        if (runtime != null && !RuntimeNames.ALL.contains(runtime)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--runtime is " + runtime + ". It must be one of " + String.join(", ", RuntimeNames.ALL) + ".");
        }
        var kubernetes = daemonSet != null || environment.containsKey("KUBERNETES_SERVICE_HOST");
        return new Runtimes(
                List.of(
                        new ContainerdSettings(
                                nodeRoot,
                                Optional.ofNullable(certs),
                                Optional.ofNullable(configuration),
                                manageRuntimeConfig),
                        new CrioSettings(nodeRoot),
                        new DockerSettings(nodeRoot, kubernetes && runtime == null),
                        new PodmanSettings(nodeRoot, kubernetes && runtime == null)),
                Optional.ofNullable(runtime));
    }

    /** In Kubernetes the agent asks over CRI, as the kubelet does. */
    private Optional<DockerApi> docker(Map<String, String> environment) {
        return "docker".equals(runtime) && daemonSet == null
                ? Optional.of(new DockerApi(engines.here(environment, nodeRoot), DockerEngines.logins(environment)))
                : Optional.empty();
    }

    /** The endpoint passes passwords on, so only programs of this node may reach it. */
    private InetSocketAddress loopback(String text) {
        var colon = text.lastIndexOf(':');
        var port = colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}")
                ? Integer.parseInt(text.substring(colon + 1))
                : -1;
        if (port < 0 || port > 65_535) {
            throw wrongEndpoint(text);
        }
        var address = new InetSocketAddress(text.substring(0, colon), port);
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw wrongEndpoint(text);
        }
        return address;
    }

    private ParameterException wrongEndpoint(String text) {
        return new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "--endpoint is " + text + ". It must be a loopback address and a port, such as 127.0.0.1:5003.");
    }

    private Optional<CredentialSettings> credentials() {
        try {
            var scopes = Stream.concat(
                            credentialsFor.stream().map(TokenScope::ofRegistries),
                            mirrorCredentialsFor.stream().map(TokenScope::ofMirror))
                    .toList();
            return Optional.ofNullable(credentialProvider)
                    .map(this::plain)
                    .map(folder -> new CredentialSettings(
                            folder, nodeRoot.resolve(Path.of("/").relativize(folder)), scopes));
        } catch (InvalidScope e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** The folder becomes a part of kubelet's flags. */
    private Path plain(Path folder) {
        if (!folder.toString().matches("(?:/[A-Za-z0-9._-]+)+")) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--credential-provider is " + folder
                            + ". It must be the path of a folder from the root, such as /var/lib/berth/credential-provider.");
        }
        return folder;
    }

    private NodePlace place(Map<String, String> environment) {
        return new NodePlace(
                Optional.ofNullable(nodeName).or(() -> Optional.ofNullable(environment.get("NODE_NAME"))),
                nodeRoot,
                criSockets == null ? CriSockets.usual(nodeRoot) : criSockets);
    }

    /** Finds the API server as every pod does (Kubernetes docs, "Accessing the Kubernetes API from a Pod"). */
    private DaemonSet daemonSet(String name, Map<String, String> environment) {
        var host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc");
        var port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return new DaemonSet(
                name,
                URI.create("https://" + authority + ":" + port),
                account,
                environment.getOrDefault("SERVICE_ACCOUNT", "berth-node"));
    }
}
