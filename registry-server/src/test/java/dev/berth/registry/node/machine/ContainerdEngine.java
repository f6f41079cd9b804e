package dev.berth.registry.node.machine;

import dev.berth.registry.client.CommandRun;
import dev.berth.registry.client.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** containerd, spoken to as the kubelet does it (CRI) and by its own command. */
record ContainerdEngine(Machine machine, Daemon daemon) implements Engine {
    private static final String CERTS = "/etc/containerd/certs.d";
    private static final Pattern DIGEST = Pattern.compile("web@(sha256:[0-9a-f]{64})");

    /** @param configuration the text of its `config.toml`; empty to run without that file */
    static ContainerdEngine start(Machine machine, Path folder, Optional<String> configuration) throws IOException {
        Files.createDirectories(
                machine.etc("containerd/certs.d")); // as the administrator does who names it in config_path
        var file = machine.etc("containerd/config.toml");
        if (configuration.isPresent()) {
            Files.writeString(file, configuration.get());
        } else {
            Files.deleteIfExists(file);
        }
        var daemon = machine.daemon(
                folder, List.of("containerd"), () -> crictl(machine, "version").succeeded());
        return new ContainerdEngine(machine, daemon);
    }

    @Override
    public String version() {
        return machine.run("ctr", "version").orFail().output();
    }

    @Override
    public List<String> agentOptions() {
        return List.of("--runtime=containerd", "--node-root=" + machine.root());
    }

    @Override
    public String folder() {
        return "containerd";
    }

    /** As the kubelet: it hands the password of a pull secret to the runtime. */
    @Override
    public CommandRun pull(String image, Optional<String> password) {
        crictl(machine, "rmi", image); // fails if it is not there
        return password.map(secret -> crictl(machine, "pull", "--creds", ClusterRegistry.USER + ":" + secret, image))
                .orElseGet(() -> crictl(machine, "pull", image));
    }

    /** As a person who has only containerd's own command. */
    CommandRun pullByHand(String image, Optional<String> password) {
        var command = new ArrayList<>(List.of("ctr", "images", "pull", "--hosts-dir=" + CERTS));
        password.ifPresent(secret -> command.add("--user=" + ClusterRegistry.USER + ":" + secret));
        command.add(image);
        return machine.run(command.toArray(String[]::new));
    }

    /** The digest of the image that was pulled by hand. */
    String digestByHand(String image) {
        return machine.run("ctr", "images", "list", "name==" + image)
                .orFail()
                .answer()
                .split("\\s+", -1)[2];
    }

    @Override
    public String digest(String image) {
        var answer = crictl(machine, "inspecti", image).orFail().output();
        var digest = DIGEST.matcher(answer);
        return digest.find() ? digest.group(1) : answer;
    }

    @Override
    public String processes(String image) {
        return machine.run("ctr", "--namespace=k8s.io", "run", "--rm", image, "one", "/bin/ps", "-o", "pid,args")
                .orFail()
                .output();
    }

    @Override
    public void close() {
        daemon.close();
        machine.run("busybox", "pkill", "-x", "containerd"); // what was started outside of the machine is only nsenter
        Awaitility.await("containerd to end")
                .until(() ->
                        !machine.run("busybox", "pgrep", "-x", "containerd").succeeded());
    }

    private static CommandRun crictl(Machine machine, String... arguments) {
        var command = new ArrayList<>(List.of("crictl", "--runtime-endpoint=unix:///run/containerd/containerd.sock"));
        command.addAll(List.of(arguments));
        return machine.run(command.toArray(String[]::new));
    }
}
