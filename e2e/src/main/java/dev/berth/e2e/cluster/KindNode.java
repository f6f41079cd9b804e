package dev.berth.e2e.cluster;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Volume;
import dev.berth.e2e.docker.ContainerOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A container that runs systemd, containerd and kubelet, from the node image of Kind or ours. This class uses only what both have. */
final class KindNode extends GenericContainer<KindNode> implements ClusterNode {
    private static final Duration BOOT = Duration.ofMinutes(3);
    private static final Duration SHUTDOWN = Duration.ofSeconds(20);
    private static final String ADMIN = "/etc/kubernetes/admin.conf";
    private static final String PER_HOST_FILES = """

            [plugins."io.containerd.grpc.v1.cri".registry]
              config_path = "/etc/containerd/certs.d"
            """;

    private final String name;

    KindNode(DockerImageName image, String name, ContainerOwner owner) {
        super(image);
        this.name = name;
        withPrivilegedMode(true);
        withTmpFs(Map.of("/run", "rw", "/tmp", "rw"));
        withEnv("KUBECONFIG", ADMIN);
        withExposedPorts(6443);
        withLabels(owner.label());
        withReuse(owner.equals(ContainerOwner.nobody()));
        withCreateContainerCmdModifier(command -> {
            command.withTty(true)
                    .withEntrypoint("/usr/local/bin/entrypoint", "/sbin/init")
                    .withHostName(name)
                    .withVolumes(new Volume("/var"));
            var host = command.getHostConfig();
            if (host != null) {
                host.withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))
                        .withCgroupnsMode("private");
            }
        });
        waitingFor(
                Wait.forLogMessage(".*Reached target .*[mM]ulti-[uU]ser.*", 1).withStartupTimeout(BOOT));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String run(String... command) {
        try {
            var result = execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new NodeCommandFailed(name, String.join(" ", command), result.toString());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new NodeCommandFailed(name, String.join(" ", command), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeCommandFailed(name, String.join(" ", command), "interrupted");
        }
    }

    @Override
    public void put(Path file, String path) {
        copyFileToContainer(MountableFile.forHostPath(file), path);
    }

    /** Ends all of its processes and starts it again, with an empty `/run`. Returns when its kubelet runs. */
    void restart() {
        getDockerClient()
                .restartContainerCmd(getContainerId())
                .withTimeout((int) SHUTDOWN.toSeconds())
                .exec();
        run(
                "sh",
                "-c",
                "timeout %d sh -c 'until systemctl is-active kubelet; do sleep 1; done'".formatted(BOOT.toSeconds()));
    }

    /** Its address on the bridge of Docker, for the other nodes. It may be another one after a restart. */
    String address() {
        return getDockerClient()
                .inspectContainerCmd(getContainerId())
                .exec()
                .getNetworkSettings()
                .getNetworks()
                .values()
                .iterator()
                .next()
                .getIpAddress();
    }

    /** The kubeconfig of the administrator, with the address at which this machine reaches the API server. */
    String kubeconfig() {
        return read(ADMIN)
                .replace("https://" + address() + ":6443", "https://" + getHost() + ":" + getMappedPort(6443));
    }

    /** The node agent writes per-host files; containerd reads them only if its configuration names their folder. */
    @Override
    protected void containerIsStarted(InspectContainerResponse container, boolean reused) {
        if (!reused && !read("/etc/containerd/config.toml").contains("config_path")) {
            run(
                    "sh",
                    "-c",
                    "printf '%s' '" + PER_HOST_FILES
                            + "' >>/etc/containerd/config.toml && systemctl restart containerd");
        }
    }
}
