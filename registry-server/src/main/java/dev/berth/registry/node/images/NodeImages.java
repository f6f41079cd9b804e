package dev.berth.registry.node.images;

import dev.berth.protocol.status.ImagesReport;
import dev.berth.registry.cri.ContainerOnNode;
import dev.berth.registry.cri.CriFailure;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.FoundRuntime;
import dev.berth.registry.cri.ImageOnNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The images on this node that come from the hosts in its list. The runtime is asked at most every half minute. Any thread may ask. */
public final class NodeImages {
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final CriSockets sockets;
    private final Supplier<Set<String>> hosts;
    private final Clock clock;
    private ImagesReport report = ImagesReport.unknown("the runtime was not asked yet");
    private Instant until = Instant.MIN;

    /** @param hosts the hosts in the list of this node */
    public NodeImages(CriSockets sockets, Supplier<Set<String>> hosts, Clock clock) {
        this.sockets = sockets;
        this.hosts = hosts;
        this.clock = clock;
    }

    public synchronized ImagesReport report() {
        if (!clock.instant().isBefore(until)) {
            report = ask();
            until = clock.instant().plus(FRESH);
        }
        return report;
    }

    private ImagesReport ask() {
        try {
            return switch (sockets.find()) {
                case FoundRuntime.None(var why) -> ImagesReport.unknown(why);
                case FoundRuntime.Found(var client, var version) -> {
                    // A container that starts between the two questions has an image in the second answer.
                    var containers = client.containers();
                    yield of(version.name() + " " + version.version(), containers, client.images(), hosts.get());
                }
            };
        } catch (CriFailure e) {
            return ImagesReport.unknown(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ImagesReport.unknown("interrupted");
        }
    }

    /** The report on images of these hosts. */
    static ImagesReport of(
            String runtime, List<ContainerOnNode> containers, List<ImageOnNode> images, Set<String> hosts) {
        var used = new HashSet<String>();
        containers.forEach(container -> used.addAll(List.of(container.image(), container.imageRef())));
        var inUse = new TreeSet<String>();
        var present = new TreeSet<String>();
        for (var image : images) {
            (isUsed(image, used) ? inUse : present).addAll(digests(image, hosts));
        }
        present.removeAll(inUse);
        return ImagesReport.of(runtime, List.copyOf(inUse), List.copyOf(present));
    }

    /** Runtimes name the image of a container by its identifier or by one of its names. */
    private static boolean isUsed(ImageOnNode image, Set<String> used) {
        return Stream.of(List.of(image.id()), image.tags(), image.digests())
                .flatMap(Collection::stream)
                .anyMatch(used::contains);
    }

    /** Of `apps.team-a.svc/web@sha256:ab12…`, what follows the `@`. */
    private static List<String> digests(ImageOnNode image, Set<String> hosts) {
        return image.digests().stream()
                .filter(name -> name.indexOf('/') > 0 && name.indexOf('@') > 0)
                .filter(name -> hosts.contains(name.substring(0, name.indexOf('/'))))
                .map(name -> name.substring(name.indexOf('@') + 1))
                .toList();
    }
}
