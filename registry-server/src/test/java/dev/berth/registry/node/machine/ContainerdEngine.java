package dev.berth.registry.node.machine;

import dev.berth.registry.client.CommandRun;
import dev.berth.registry.client.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** containerd, spoken to as the kubelet does it (CRI) and by its own command. */
record ContainerdEngine(Machine machine, Daemon daemon, Crictl crictl) implements Engine {
    private static final String CERTS = "/etc/containerd/certs.d";

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
        return start(machine, folder);
    }

    /** Ends it and starts it with the configuration that is there now. */
    ContainerdEngine restart(Path folder) throws IOException {
        close();
        return start(machine, folder);
    }

    private static ContainerdEngine start(Machine machine, Path folder) throws IOException {
        var crictl = new Crictl(machine, "/run/containerd/containerd.sock");
        return new ContainerdEngine(machine, machine.daemon(folder, List.of("containerd"), crictl::answers), crictl);
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
    public CommandRun pull(String image, Optional<String> password) {
        return crictl.pull(image, password);
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
        return crictl.digest(image);
    }

    @Override
    public String processes(String image) {
        return machine.run("ctr", "--namespace=k8s.io", "run", "--rm", image, "one", "/bin/ps", "-o", "pid,args")
                .orFail()
                .output();
    }

    @Override
    public void close() {
        machine.end(daemon, "containerd");
    }
}
