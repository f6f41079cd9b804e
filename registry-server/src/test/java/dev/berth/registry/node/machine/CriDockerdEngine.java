package dev.berth.registry.node.machine;

import dev.berth.registry.client.CommandRun;
import dev.berth.registry.client.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Docker Engine, spoken to as the kubelet does it: by way of cri-dockerd. */
record CriDockerdEngine(Machine machine, DockerEngine docker, Daemon daemon, Crictl crictl) implements Engine {
    /** Its folder among the programs of `e2e/bin/runtimes`. */
    static final String PROGRAM = "cri-dockerd/v0.4.0";

    private static final String SOCKET = "/run/cri-dockerd.sock";

    static CriDockerdEngine start(Machine machine, Path folder) throws IOException {
        Files.writeString(
                machine.etc("containerd/config.toml"), "disabled_plugins = [\"cri\"]\n"); // as Docker's packages do
        var docker = DockerEngine.start(machine, folder);
        var crictl = new Crictl(machine, SOCKET);
        var command = List.of("cri-dockerd", "--container-runtime-endpoint=unix://" + SOCKET);
        var daemon = machine.daemon(Files.createDirectories(folder.resolve("cri-dockerd")), command, crictl::answers);
        return new CriDockerdEngine(machine, docker, daemon, crictl);
    }

    @Override
    public String version() {
        return docker.version();
    }

    /** The agent is to find out that the node has Docker, and then asks over CRI, as it does in Kubernetes. */
    @Override
    public List<String> agentOptions() {
        return List.of("--node-root=" + machine.root());
    }

    @Override
    public CommandRun pull(String image, Optional<String> password) {
        return DockerEngine.resolved(() -> crictl.pull(image, password));
    }

    @Override
    public String digest(String image) {
        return crictl.digest(image);
    }

    /** By Docker itself: cri-dockerd protects a pod's own container from the kernel's out-of-memory killer, which not every machine allows. */
    @Override
    public String processes(String image) {
        return docker.processes(image);
    }

    @Override
    public void close() {
        machine.end(daemon, "cri-dockerd");
        docker.close();
    }
}
