package dev.berth.registry.transfer;

import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The folder in which distribution (registry:2 and registry:3) keeps its images, as its `storage/paths.go` describes: `blobs/` holds all
 * bytes by digest, and link files below `repositories/` say which of them each repository has. Nothing is written to it.
 */
public record DistributionVolume(Path root) implements FolderSource {
    private static final List<String> LEVELS = List.of("docker/registry/v2", "registry/v2", "v2", "");

    /**
     * Finds the volume in the registry's root directory, or in any folder between that and the files.
     *
     * @throws TransferException if there is none
     */
    public static DistributionVolume find(Path folder) {
        return LEVELS.stream()
                .map(level -> folder.toAbsolutePath().normalize().resolve(level))
                .filter(level -> Files.isDirectory(level.resolve("repositories")))
                .findFirst()
                .map(DistributionVolume::new)
                .orElseThrow(() -> new TransferException("There is no volume of a registry:2 in " + folder
                        + "; it would hold docker/registry/v2/repositories, and this user must be able to read it."));
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

    /** The folders in a folder, sorted; none if it doesn't exist. */
    static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var found = Files.list(folder)) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw ImageSource.unreadable(folder, e);
        }
    }

    /** A repository can be inside another one. A folder whose name begins with an underscore is a part of the repository above it. */
    private static void walk(Path folder, String name, Consumer<DistributionRepository> taker) {
        if (Files.isDirectory(folder.resolve("_manifests")) || Files.isDirectory(folder.resolve("_layers"))) {
            taker.accept(new DistributionRepository(name, folder));
        }
        for (var below : folders(folder)) {
            var word = String.valueOf(below.getFileName());
            if (!word.startsWith("_")) {
                walk(below, name.isEmpty() ? word : name + "/" + word, taker);
            }
        }
    }
}
