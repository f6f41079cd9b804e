package dev.berth.registry.transfer;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A repository of a {@link DistributionVolume}: what its link files say. */
record DistributionRepository(String name, Path folder) {
    /** All manifests, those without a tag too, by a link each. What can't be understood goes to `complaint`, by its name. */
    List<LinkFile> revisions(BiConsumer<String, String> complaint) {
        var found = new ArrayList<LinkFile>();
        for (var algorithm : DistributionVolume.folders(folder.resolve("_manifests/revisions"))) {
            for (var revision : DistributionVolume.folders(algorithm)) {
                link(revision, "@" + algorithm.getFileName() + ":" + revision.getFileName(), complaint)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Where each tag stands now; where it stood before is not kept here. */
    Map<String, LinkFile> tags(BiConsumer<String, String> complaint) {
        var found = new LinkedHashMap<String, LinkFile>();
        for (var tag : DistributionVolume.folders(folder.resolve("_manifests/tags"))) {
            link(tag.resolve("current"), ":" + tag.getFileName(), complaint)
                    .ifPresent(link -> found.put(String.valueOf(tag.getFileName()), link));
        }
        return found;
    }

    /** Whether the repository has a blob: without this link, distribution answers that it hasn't. */
    boolean hasLayer(Digest digest) {
        return Files.isRegularFile(folder.resolve("_layers")
                .resolve(digest.algorithm().toString())
                .resolve(digest.hex())
                .resolve("link"));
    }

    private static Optional<LinkFile> link(Path folder, String what, BiConsumer<String, String> complaint) {
        try {
            return LinkFile.in(folder);
        } catch (InvalidReference e) {
            complaint.accept(what, "its link file is broken: " + e.getMessage());
            return Optional.empty();
        }
    }
}
