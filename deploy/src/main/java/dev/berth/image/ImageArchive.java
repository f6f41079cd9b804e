package dev.berth.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Writes an image as an archive like that of `docker save`, which Docker, Podman, containerd and Kind can load. */
final class ImageArchive {
    private static final String USER = "65532:65532";

    private final BuildSettings settings;

    ImageArchive(BuildSettings settings) {
        this.settings = settings;
    }

    /**
     * Writes the archive in one step.
     *
     * @param command the whole entrypoint
     * @return the image's identity, the digest of its configuration
     */
    String write(ImageSpec image, List<String> command, List<ImageEntry> entries, Path archive) {
        var part = archive.resolveSibling(archive.getFileName() + ".part");
        try {
            var target = Containerizer.to(TarImage.at(part).named(reference(image)))
                    .setBaseImageLayersCache(settings.output().resolve("layers"))
                    .setApplicationLayersCache(settings.output().resolve("layers"))
                    .setToolName("berth")
                    .setOfflineMode(true);
            var written = container(image, command, entries).containerize(target);
            Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return written.getImageId().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("interrupted while writing " + archive, e);
        } catch (InvalidImageReferenceException
                | RegistryException
                | CacheDirectoryCreationException
                | ExecutionException e) {
            throw new ImageBuildException("could not write " + archive, e);
        }
    }

    String reference(ImageSpec image) {
        return "berth.dev/" + image.name() + ":" + settings.version();
    }

    private JibContainerBuilder container(ImageSpec image, List<String> command, List<ImageEntry> entries) {
        var container = Jib.fromScratch()
                .setPlatforms(Set.of(new Platform("amd64", "linux")))
                .setCreationTime(settings.time())
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/"))
                .setEnvironment(Map.of("LANG", "C.UTF-8"))
                .setEntrypoint(command)
                .setProgramArguments(image.arguments())
                .setLabels(labels(image));
        image.ports().forEach(port -> container.addExposedPort(Port.tcp(port)));
        image.volume().ifPresent(folder -> container.addVolume(AbsoluteUnixPath.get(folder)));
        for (var layer : Layer.values()) {
            container.addFileEntriesLayer(layer(layer, entries, settings.time()));
        }
        return container;
    }

    private static FileEntriesLayer layer(Layer layer, List<ImageEntry> entries, Instant time) {
        var builder = FileEntriesLayer.builder().setName(layer.name());
        entries.stream()
                .filter(entry -> entry.layer() == layer)
                .map(entry -> new FileEntry(
                        entry.source(),
                        AbsoluteUnixPath.get(entry.path()),
                        FilePermissions.fromOctalString(entry.mode()),
                        time,
                        entry.owner()))
                .forEach(builder::addEntry);
        return builder.build();
    }

    /** OCI image-spec, "Annotations". */
    private Map<String, String> labels(ImageSpec image) {
        return Map.of(
                "org.opencontainers.image.title", image.title(),
                "org.opencontainers.image.description", image.description(),
                "org.opencontainers.image.version", settings.version(),
                "org.opencontainers.image.licenses", "Apache-2.0",
                "org.opencontainers.image.vendor", "Berth");
    }
}
