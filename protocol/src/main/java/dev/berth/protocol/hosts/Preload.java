package dev.berth.protocol.hosts;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Images that nodes pull from a host before a pod needs them. It may have been read from any file, so an agent has to
 * check the texts of the images.
 *
 * @param images without the host: `web:1` or `team/web@sha256:…`
 * @param nodes what the labels of a node must meet, all of them; an empty list means every node
 */
public record Preload(List<String> images, List<LabelRequirement> nodes) {
    /** The most images of one host. A longer list is cut. */
    public static final int MOST_IMAGES = 50;

    /** The most requirements that are read. A longer list selects no node, because a cut one would select more. */
    public static final int MOST_REQUIREMENTS = 64;

    public Preload {
        images = images == null
                ? List.of()
                : images.stream().filter(Objects::nonNull).limit(MOST_IMAGES).toList();
        nodes = requirements(nodes);
    }

    /**
     * Whether a node pulls the images.
     *
     * @param labels of the node
     */
    public boolean selects(Map<String, String> labels) {
        return nodes.stream().allMatch(requirement -> requirement.isMetBy(labels));
    }

    /** If the list is missing, or an entry cannot be read, no node is selected: pulling on all of them could fill their disks. */
    private static List<LabelRequirement> requirements(@Nullable List<@Nullable LabelRequirement> read) {
        return read == null || read.size() > MOST_REQUIREMENTS
                ? List.of(LabelRequirement.UNREADABLE)
                : read.stream()
                        .map(requirement -> Objects.requireNonNullElse(requirement, LabelRequirement.UNREADABLE))
                        .toList();
    }
}
