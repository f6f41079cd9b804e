package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells by a digest whether anything that an image is made from has changed: jars, the JDK, this program itself. */
final class BuildInputs {
    private BuildInputs() {}

    /**
     * The digest of what this image would be made from now.
     *
     * @param program the classes and resources of the image build
     */
    static String digest(ImageSpec image, BuildSettings settings, Path program) {
        String jars = Stream.of(List.of(image.jar()), filesBelow(image.libraries()), filesBelow(program))
                .flatMap(List::stream)
                .map(file -> file.getFileName() + " " + Sha256.of(file))
                .collect(Collectors.joining("\n"));
        return Sha256.of(jars + "\n" + Runtime.version() + System.getProperty("java.vendor") + settings.version()
                + settings.time() + settings.cacheTimes());
    }

    private static List<Path> filesBelow(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ImageBuildException(folder + " is not there: package that module first");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
