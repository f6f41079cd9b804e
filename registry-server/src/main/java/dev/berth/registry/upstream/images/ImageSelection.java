package dev.berth.registry.upstream.images;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.List;

/** All that a mirror keeps of its upstream; where nothing is said, everything. */
public record ImageSelection(List<MirroredImage> images) {

    public static final ImageSelection ALL = new ImageSelection(List.of());

    public ImageSelection {
        images = List.copyOf(images);
    }

    /** The same for docker.io, where a name of one word is one below `library/`. */
    public ImageSelection withDockersShortNames() {
        return new ImageSelection(
                images.stream().map(MirroredImage::withDockersShortName).toList());
    }

    /** Whether a repository of the upstream is meant at all. */
    public boolean selects(RepositoryName repository) {
        return images.isEmpty()
                || images.stream().anyMatch(image -> image.repository().matches(repository));
    }

    /** What is said about one repository; nothing where everything is meant. */
    public List<MirroredImage> of(RepositoryName repository) {
        return images.stream()
                .filter(image -> image.repository().matches(repository))
                .toList();
    }

    /** Whether a tag may be wanted; how new it is isn't asked. */
    public boolean selects(RepositoryName repository, Tag tag) {
        return images.isEmpty() || images.stream().anyMatch(image -> image.selects(repository, tag));
    }
}
