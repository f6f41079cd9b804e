package dev.berth.registry.transfer;

import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder that distribution (registry:2 and 3) keeps its images in, as its `storage/paths.go` describes it: `blobs/` holds all bytes by
 * their digest, `repositories/` says by link files which of them each repository has. It is only read.
 */
public record DistributionVolume(Path root) implements FolderSource {
    private static final List<String> LEVELS = List.of("docker/registry/v2", "registry/v2", "v2", "");

    /** Finds it in what the registry was given as its root directory, or in any folder between that and the files. */
    public static DistributionVolume find(Path folder) {
        return LEVELS.stream()
                .map(level -> folder.toAbsolutePath().normalize().resolve(level))
                .filter(level -> Files.isDirectory(level.resolve("repositories")))
                .findFirst()
                .map(DistributionVolume::new)
                .orElseThrow(() -> new TransferException("There is no volume of a registry:2 in " + folder
                        + "; it would hold docker/registry/v2/repositories, and this user must be able to read it."));
    }

    /** Hands on each repository, in the order of their names. */
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

    /** The folders in a folder, sorted; none if it isn't there. */
    static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw ImageSource.unreadable(folder, e);
        }
    }

    /** What starts with an underscore belongs to the repository above it; a repository may stand inside another. */
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
