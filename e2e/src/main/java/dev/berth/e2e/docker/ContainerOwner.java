package dev.berth.e2e.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The owner of a container: a process, which removes it at its end, or nobody, if the container is kept until it is taken down. A label on the
 * container names the owner, so that the next process finds and removes what a killed one has left.
 */
public record ContainerOwner(String name) {
    private static final String LABEL = "dev.berth.e2e.owner";
    private static final ContainerOwner NOBODY = new ContainerOwner("kept");
    /** How much the start times that two processes see of a third one may differ. */
    private static final Duration SAME_START = Duration.ofSeconds(10);

    /** This process: `host/process/start in milliseconds`. The start time is needed because process numbers are reused. */
    public static ContainerOwner thisProcess() {
        var process = ProcessHandle.current();
        return new ContainerOwner(
                "%s/%d/%d".formatted(host(), process.pid(), start(process).toEpochMilli()));
    }

    /** The owner of containers that outlive this process. */
    public static ContainerOwner nobody() {
        return NOBODY;
    }

    public Map<String, String> label() {
        return Map.of(LABEL, name);
    }

    /** A name for files of this owner. */
    public String fileName() {
        return name.replace('/', '-');
    }

    /** Removes the containers of this owner, with their volumes. */
    public void removeContainers(DockerClient docker) {
        all(docker).stream().filter(this::owns).forEach(container -> remove(docker, container));
    }

    /** Removes the containers of this owner that are stopped or run another image than this one. */
    public void removeOutdated(DockerClient docker, String image) {
        all(docker).stream()
                .filter(this::owns)
                .filter(container -> !image.equals(container.getImage()) || !"running".equals(container.getState()))
                .forEach(container -> remove(docker, container));
    }

    /** Removes the containers of processes of this machine that have ended. */
    public static void removeOrphans(DockerClient docker) {
        all(docker).stream()
                .filter(container -> of(container).isGone())
                .forEach(container -> remove(docker, container));
    }

    private boolean owns(Container container) {
        return equals(of(container));
    }

    private boolean isGone() {
        var parts = name.split("/", -1);
        if (parts.length != 3 || !parts[0].equals(host())) {
            return false;
        }
        var started = Instant.ofEpochMilli(Long.parseLong(parts[2]));
        return ProcessHandle.of(Long.parseLong(parts[1]))
                .map(process -> Duration.between(start(process), started).abs().compareTo(SAME_START) > 0)
                .orElse(true);
    }

    private static ContainerOwner of(Container container) {
        return new ContainerOwner(container.getLabels().getOrDefault(LABEL, ""));
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** All containers that this harness has started, in any process. */
    private static List<Container> all(DockerClient docker) {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec();
    }

    private static void remove(DockerClient docker, Container container) {
        docker.removeContainerCmd(container.getId())
                .withForce(true)
                .withRemoveVolumes(true)
                .exec();
    }
}
