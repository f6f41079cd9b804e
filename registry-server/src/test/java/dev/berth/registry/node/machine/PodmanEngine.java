package dev.berth.registry.node.machine;

import dev.berth.registry.client.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** podman, which has no daemon. */
record PodmanEngine(Machine machine) implements Engine {
    @Override
    public String version() {
        return podman("version", "--format={{.Client.Version}}").orFail().answer();
    }

    @Override
    public List<String> agentOptions() {
        return List.of("--runtime=podman", "--node-root=" + machine.root());
    }

    @Override
    public CommandRun pull(String image, Optional<String> password) {
        podman("rmi", "--force", image);
        return password.map(secret -> podman("pull", "--creds=" + ClusterRegistry.USER + ":" + secret, image))
                .orElseGet(() -> podman("pull", image));
    }

    @Override
    public String digest(String image) {
        return podman("image", "inspect", "--format={{.Digest}}", image)
                .orFail()
                .answer();
    }

    @Override
    public String processes(String image) {
        podman("--cgroup-manager=cgroupfs", "run", "-d", "--name=web", "--network=none", image)
                .orFail();
        try {
            return Engine.printed(() -> podman("logs", "web"));
        } finally {
            podman("rm", "--force", "--time=0", "web").orFail();
        }
    }

    /** Runs podman to its end. */
    CommandRun podman(String... arguments) {
        var command = new ArrayList<>(List.of("busybox", "env", "PODMAN_IGNORE_CGROUPSV1_WARNING=1", "podman"));
        command.addAll(List.of(arguments));
        return machine.run(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        // nothing runs
    }
}
