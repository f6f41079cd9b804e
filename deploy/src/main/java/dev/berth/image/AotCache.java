package dev.berth.image;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the ahead-of-time cache of an image (JEP 483): its classes as the JVM has them after loading and linking. The JVM uses a cache only
 * with the jars that it was made from, compared by size and time. So it is made from the files of the image, in the layout of the image.
 *
 * <p>The cache holds the paths of its jars; the JVM ignores the part that all of them share. The cache is made in a folder whose name follows
 * from its content, so that it is the same bytes wherever the source tree is.
 */
final class AotCache {
    /** The path is a part of the cache, so it must not depend on the environment. */
    private static final Path STAGES = Path.of("/tmp");

    private final ImageSpec image;
    private final Instant time;
    private final CacheTimes times;

    AotCache(ImageSpec image, Instant time, CacheTimes times) {
        this.image = image;
        this.time = time;
        this.times = times;
    }

    /**
     * Writes the cache.
     *
     * @param entries of the image, without the cache
     * @param inputs the digest of all that the image is made from
     * @param made the folder for generated files
     */
    Path make(List<ImageEntry> entries, String inputs, Path made) {
        var stage = STAGES.resolve("berth-" + inputs.substring(0, 16));
        try (var lock = FileChannel.open(Path.of(stage + ".lock"), CREATE, WRITE)) {
            lock.lock(); // until it is closed: another clone may be making the same cache
            Folders.delete(stage);
            Files.createDirectory(stage);
            layOut(entries, stage);
            var cache = dump(entries, stage);
            var kept = made.resolve(image.name() + ".aot");
            Files.move(cache, kept, StandardCopyOption.REPLACE_EXISTING);
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(stage);
        }
    }

    private void layOut(List<ImageEntry> entries, Path stage) throws IOException {
        for (var entry : entries) {
            if (entry.path().startsWith("/opt/") && Files.isRegularFile(entry.source())) {
                var target = stage.resolve("." + entry.path()).normalize();
                Files.createDirectories(target.getParent());
                Files.copy(entry.source(), target, StandardCopyOption.COPY_ATTRIBUTES);
                Files.setLastModifiedTime(target, FileTime.from(time));
            }
        }
    }

    private Path dump(List<ImageEntry> entries, Path stage) throws IOException {
        var jars = entries.stream()
                .map(ImageEntry::source)
                .filter(source -> source.toString().endsWith(".jar"))
                .toList();
        var classes =
                Files.write(stage.resolve("classes"), ClassList.of(image, jars).lines());
        var cache = stage.resolve("cache.aot");
        var command = new ArrayList<String>(List.of(stage + JavaRuntime.FOLDER + "/bin/java"));
        command.addAll(VirtualMachine.LAYOUT);
        command.addAll(List.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + cache,
                "-XX:+AOTClassLinking",
                "-Xmx256m", // a fixed size: the addresses of objects follow from it
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-cp",
                stage + ImageContent.jar(image)));
        var started = Duration.ofNanos(System.nanoTime());
        run(command, stage.resolve("log"));
        times.treat(cache, image.name(), started).ifPresent(System.out::println);
        return cache;
    }

    private void run(List<String> command, Path log) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("LANG", "C.UTF-8"));
        try {
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new ImageBuildException("The ahead-of-time cache of " + image.name()
                        + " was not made: java answered " + status + ": " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("interrupted while making the cache of " + image.name(), e);
        }
    }
}
