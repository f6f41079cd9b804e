package dev.berth.registry.upstream.images;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.List;

/** The images that a mirror keeps of its upstream. An empty selection means all. */
public record ImageSelection(List<MirroredImage> images) {
    public static final ImageSelection ALL = new ImageSelection(List.of());

    public ImageSelection {
        images = List.copyOf(images);
    }

    /** This selection for docker.io, where a name of one word means the repository below `library/`. */
    public ImageSelection withDockersShortNames() {
        return new ImageSelection(
                images.stream().map(MirroredImage::withDockersShortName).toList());
    }

    /** Whether any image of a repository is selected. */
    public boolean selects(RepositoryName repository) {
        return images.isEmpty()
                || images.stream().anyMatch(image -> image.repository().matches(repository));
    }

    /** The parts of the selection that are about one repository; none if all images are selected. */
    public List<MirroredImage> of(RepositoryName repository) {
        return images.stream()
                .filter(image -> image.repository().matches(repository))
                .toList();
    }

    /** Whether a tag may be selected. How new the tag is does not matter here. */
    public boolean selects(RepositoryName repository, Tag tag) {
        return images.isEmpty() || images.stream().anyMatch(image -> image.selects(repository, tag));
    }
}
