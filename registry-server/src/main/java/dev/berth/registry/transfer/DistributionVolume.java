package dev.berth.registry.transfer;

import dev.berth.registry.reference.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The folder in which distribution (registry:2 and registry:3, and Harbor, which runs it) keeps its images, as its `storage/paths.go` describes:
 * `blobs/` holds all bytes by digest, and link files below `repositories/` say which of them each repository has. Nothing is written to it.
 */
public record DistributionVolume(Path root) implements FolderSource {
    /** Below the root of registry:2, below Harbor's `data_volume`, and nearer to the files. */
    private static final List<String> LEVELS =
            List.of("docker/registry/v2", "registry/docker/registry/v2", "registry/v2", "v2", "");

    /**
     * Finds the volume in the registry's root directory, or in any folder between that and the files.
     *
     * @throws TransferException if there is none
     */
    public static DistributionVolume find(Path folder) {
        return root(folder)
                .map(DistributionVolume::new)
                .orElseThrow(
                        () -> new TransferException(
                                "There are no images of a registry in " + folder
                                        + ". The folder of registry:2, registry:3 or Harbor holds docker/registry/v2/repositories, and that of zot"
                                        + " holds a folder with index.json for each repository. Check the path, and that this user may read it."));
    }

    /** Whether {@link #find} finds a volume. */
    public static boolean isIn(Path folder) {
        return root(folder).isPresent();
    }

    private static Optional<Path> root(Path folder) {
        return LEVELS.stream()
                .map(level -> folder.toAbsolutePath().normalize().resolve(level))
                .filter(level -> Files.isDirectory(level.resolve("repositories")))
                .findFirst();
    }

    /** Passes each repository to `taker`, sorted by name. */
    void repositories(Consumer<DistributionRepository> taker) {
        walk(root.resolve("repositories"), "", taker);
    }

    @Override
    public Path bytes(Digest digest) {
        var hex = digest.hex();
        return root.resolve("blobs")
                .resolve(digest.algorithm().toString())
                .resolve(hex.substring(0, 2))
                .resolve(hex)
                .resolve("data");
    }

    @Override
    public boolean mayShare() {
        return true;
    }

    /** A repository can be inside another one. A folder whose name begins with an underscore is a part of the repository above it. */
    private static void walk(Path folder, String name, Consumer<DistributionRepository> taker) {
        if (Files.isDirectory(folder.resolve("_manifests")) || Files.isDirectory(folder.resolve("_layers"))) {
            taker.accept(new DistributionRepository(name, folder));
        }
        for (var below : FolderSource.folders(folder)) {
            var word = String.valueOf(below.getFileName());
            if (!word.startsWith("_")) {
                walk(below, name.isEmpty() ? word : name + "/" + word, taker);
            }
        }
    }
}
