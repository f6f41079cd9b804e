import dev.berth.registry.cri.CriMessages;
import dev.berth.registry.cri.ScriptedCri;
import dev.berth.registry.node.NodeService;
import dev.berth.registry.node.NodeSettings;
import dev.berth.registry.node.NodeSettings.DaemonSet;
import dev.berth.registry.node.NodeSettings.NodePlace;
import dev.berth.registry.node.NodeSettings.Runtimes;
import dev.berth.registry.node.RuntimeSettings.ContainerdSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The node agents of many nodes in one process, by the agent's own classes: `Agents FOLDER NODES API`. Each has a folder that a kubelet filled
 * (`bench/agents/kubelets`), and the management port 5002 on an address of its own, as `cluster.py` wrote it into its Pod. A container runtime
 * that every test pull works with stands in for all of theirs. Run it from source:
 * `java -cp berth-registry.jar:test-classes Agents.java …`. It prints `run` when all listen. The line `stop` on standard input stops all agents,
 * `start` starts them again.
 */
final class Agents {
    private final Path folder;
    private final int count;
    private final URI api;
    private final Path socket;
    private final List<NodeService> services = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Agents(Path folder, int count, URI api, Path socket) {
        this.folder = folder;
        this.count = count;
        this.api = api;
        this.socket = socket;
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var cri = new ScriptedCri(folder.resolve("cri.sock"));
        cri.answers("RuntimeService/Version", new ScriptedCri.Reply.Message(CriMessages.version("containerd", "2.1.9")));
        cri.answers("ImageService/PullImage", new ScriptedCri.Reply.Message(CriMessages.pulled("sha256:1")));
        for (var method : List.of("RemoveImage", "ListImages", "ImageFsInfo")) {
            cri.answers("ImageService/" + method, new ScriptedCri.Reply.Message(new byte[0]));
        }
        var agents = new Agents(folder, Integer.parseInt(arguments[1]), URI.create(arguments[2]), cri.socket());
        agents.start();
        var input = new BufferedReader(new InputStreamReader(System.in));
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("stop")) {
                agents.stop();
            } else {
                agents.start();
            }
        }
        System.exit(0);
    }

    private void start() throws IOException {
        for (var number = 0; number < count; number++) {
            var service = NodeService.open(settings(number), "bench", Clock.systemUTC());
            services.add(service);
            threads.add(Thread.ofPlatform().start(() -> run(service)));
        }
        System.out.println("run");
    }

    private void stop() throws InterruptedException {
        services.forEach(NodeService::stop);
        for (var thread : threads) {
            thread.join();
        }
        services.forEach(NodeService::close);
        services.clear();
        threads.clear();
        System.out.println("stopped");
    }

    private static void run(NodeService service) {
        try {
            service.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private NodeSettings settings(int number) throws IOException {
        var name = "node-%04d".formatted(number);
        var node = folder.resolve(name);
        var containerd = Files.createDirectories(node.resolve("etc/containerd"));
        var certs = Files.createDirectories(containerd.resolve("certs.d"));
        Files.writeString(
                containerd.resolve("config.toml"),
                "version = 2\n[plugins.\"io.containerd.grpc.v1.cri\".registry]\nconfig_path = \"/etc/containerd/certs.d\"\n");
        return new NodeSettings(
                node.resolve("hosts"),
                new Runtimes(
                        List.of(new ContainerdSettings(certs, containerd.resolve("config.toml"))), Optional.empty()),
                Optional.empty(),
                new NodePlace(Optional.of(name), node, List.of(socket)),
                new InetSocketAddress("127.78.%d.%d".formatted(number / 250, number % 250 + 1), 5002),
                Optional.empty(),
                Optional.of(new DaemonSet("berth-node", api, node.resolve("account"), "berth-node")));
    }
}
