package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The digest of everything that an image is made from: jars, the JDK, this program. It shows whether an image has to be built again. */
final class BuildInputs {
    private BuildInputs() {}

    /**
     * The digest of the present inputs of an image.
     *
     * @param program the classes and resources of the image build
     */
    static String digest(ImageSpec image, BuildSettings settings, Path program) {
        var jars = Stream.of(List.of(image.jar()), filesBelow(image.libraries()), filesBelow(program))
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
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
