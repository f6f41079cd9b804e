package dev.berth.e2e.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Who answers for a container: a process, which removes it when it ends, or nobody, for one that is kept until it is taken down. It is written
 * on the container, so that what a killed process left behind is found and removed by the next.
 */
public record ContainerOwner(String name) {
    private static final String LABEL = "dev.berth.e2e.owner";
    private static final ContainerOwner NOBODY = new ContainerOwner("kept");

    /** The process that we are, told from others that get the same number by the time of its start. */
    public static ContainerOwner thisProcess() {
        return of(ProcessHandle.current());
    }

    /** For containers that outlive this process. */
    public static ContainerOwner nobody() {
        return NOBODY;
    }

    private static ContainerOwner of(ProcessHandle process) {
        var start = process.info().startInstant().orElse(Instant.EPOCH);
        return new ContainerOwner("%d-%d".formatted(process.pid(), start.toEpochMilli()));
    }

    public Map<String, String> label() {
        return Map.of(LABEL, name);
    }

    /** All containers that were started by this harness, by whomever. */
    private static List<Container> all(DockerClient docker) {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec();
    }

    /** Removes this owner's containers and their volumes. */
    public void removeContainers(DockerClient docker) {
        all(docker).stream()
                .filter(container -> name.equals(container.getLabels().get(LABEL)))
                .forEach(container -> remove(docker, container));
    }

    /** Removes this owner's containers that are of no more use: not running, or of another image than the one wanted now. */
    public void removeOutdated(DockerClient docker, String image) {
        all(docker).stream()
                .filter(container -> name.equals(container.getLabels().get(LABEL)))
                .filter(container -> !image.equals(container.getImage()) || !"running".equals(container.getState()))
                .forEach(container -> remove(docker, container));
    }

    /** Removes the containers of processes that are no more. */
    public static void removeOrphans(DockerClient docker) {
        var alive =
                ProcessHandle.allProcesses().map(process -> of(process).name()).toList();
        all(docker).stream()
                .filter(container -> !NOBODY.name().equals(container.getLabels().get(LABEL)))
                .filter(container -> !alive.contains(container.getLabels().get(LABEL)))
                .forEach(container -> remove(docker, container));
    }

    private static void remove(DockerClient docker, Container container) {
        docker.removeContainerCmd(container.getId())
                .withForce(true)
                .withRemoveVolumes(true)
                .exec();
    }
}
