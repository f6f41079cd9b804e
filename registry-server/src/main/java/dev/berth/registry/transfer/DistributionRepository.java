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

/** A repository of a {@link DistributionVolume}, as its link files describe it. */
record DistributionRepository(String name, Path folder) {
    /** All manifests, also those without a tag. `complaint` is given the name of each link file that can't be read, and the reason. */
    List<LinkFile> revisions(BiConsumer<String, String> complaint) {
        var found = new ArrayList<LinkFile>();
        for (var algorithm : FolderSource.folders(folder.resolve("_manifests/revisions"))) {
            for (var revision : FolderSource.folders(algorithm)) {
                link(revision, "@" + algorithm.getFileName() + ":" + revision.getFileName(), complaint)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** The manifest that each tag names now. Link files that can't be read go to `complaint`. */
    Map<String, LinkFile> tags(BiConsumer<String, String> complaint) {
        var found = new LinkedHashMap<String, LinkFile>();
        for (var tag : FolderSource.folders(folder.resolve("_manifests/tags"))) {
            link(tag.resolve("current"), ":" + tag.getFileName(), complaint)
                    .ifPresent(link -> found.put(String.valueOf(tag.getFileName()), link));
        }
        return found;
    }

    /** Whether the repository has a blob. Without this link, distribution answers a request for the blob with 404. */
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
