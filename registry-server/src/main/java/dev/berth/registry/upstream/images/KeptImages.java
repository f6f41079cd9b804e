package dev.berth.registry.upstream.images;

import dev.berth.protocol.name.ImageName;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Images that are in use: by the names that pods give, and by digests of such names. */
public record KeptImages(Set<KeptImages.Image> images, KeptDigests digests) {
    /** An image in use, in the repository that stores it here. */
    public record Image(RepositoryName here, Reference reference) {}

    public KeptImages {
        images = Set.copyOf(images);
    }

    /** Reads names such as `docker.io/library/nginx:1.27`. Names that are not valid are left out, since no mirror can have them. */
    public static KeptImages of(List<String> names, KeptDigests digests) {
        return new KeptImages(names.stream().flatMap(KeptImages::images).collect(Collectors.toSet()), digests);
    }

    private static Stream<Image> images(String text) {
        try {
            var name = ImageName.parse(text);
            var here = new RepositoryName(name.registry().replace(':', '_') + "/" + name.repository());
            return Stream.<Optional<? extends Reference>>of(
                            name.tag().map(Tag::new), name.digest().map(Digest::parse))
                    .flatMap(Optional::stream)
                    .map(reference -> new Image(here, reference));
        } catch (InvalidReference e) {
            return Stream.empty();
        }
    }

    public boolean keeps(RepositoryName here, Reference reference) {
        return images.contains(new Image(here, reference)) || digests.keeps(here, reference);
    }
}
