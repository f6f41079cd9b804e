package dev.berth.registry.node.machine;

import dev.berth.registry.client.CommandRun;
import dev.berth.registry.client.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** CRI-O, spoken to as the kubelet does it. */
record CrioEngine(Machine machine, Daemon daemon, Crictl crictl) implements Engine {
    /** Its folder among the programs of `e2e/bin/runtimes`. */
    static final String PROGRAM = "cri-o/v1.34.0";

    /** What CRI-O's own program, which is in C, does for a pod in the network of its machine: it keeps the namespaces of the pod as mounts. */
    private static final String PINNS = """
            #!/bin/busybox sh
            set -e
            for kind in ipc net uts; do
              mkdir -p "$2/${kind}ns"
              : >"$2/${kind}ns/$4"
            done
            mount --bind /proc/self/ns/ipc "$2/ipcns/$4"
            mount --bind /proc/self/ns/net "$2/netns/$4"
            unshare --uts="$2/utsns/$4" true
            """;

    /** The image of a pod's own container is one that is there; it never runs. */
    private static final String CONFIGURATION = """
            [crio.runtime]
            cgroup_manager = "cgroupfs"
            conmon_cgroup = "pod"
            default_runtime = "runc"
            pinns_path = "/run/pinns"
            disable_hostport_mapping = true
            [crio.runtime.runtimes.runc]
            runtime_path = "/usr/sbin/runc"
            monitor_path = "/usr/bin/conmon"
            [crio.image]
            pause_image = "%s"
            """.formatted(ClusterRegistry.IMAGE);

    static CrioEngine start(Machine machine, Path folder) throws IOException {
        var drop = machine.etc("crio/crio.conf.d/10-machine.conf");
        Files.createDirectories(drop.getParent());
        Files.writeString(drop, CONFIGURATION);
        machine.write("/run/pinns", PINNS);
        machine.run("busybox", "chmod", "755", "/run/pinns").orFail();
        var crictl = new Crictl(machine, "/run/crio/crio.sock");
        return new CrioEngine(machine, machine.daemon(folder, List.of("crio"), crictl::answers), crictl);
    }

    /** Ends it and starts it again, as `systemctl restart crio` does. */
    CrioEngine restart(Path folder) throws IOException {
        close();
        return start(machine, folder);
    }

    @Override
    public String version() {
        return crictl.run("version").orFail().output();
    }

    @Override
    public List<String> agentOptions() {
        return List.of("--runtime=cri-o", "--node-root=" + machine.root());
    }

    @Override
    public CommandRun pull(String image, Optional<String> password) {
        return crictl.pull(image, password);
    }

    @Override
    public String digest(String image) {
        return crictl.digest(image);
    }

    @Override
    public String processes(String image) {
        return crictl.processes(image);
    }

    @Override
    public void close() {
        machine.end(daemon, "crio");
    }
}
