package dev.berth.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The differences between the two images.
 *
 * @param name the name of the file, and of the image below `berth.dev/`
 * @param jar the jar of the application; its dependencies are in `lib/` beside it, as its manifest says
 * @param options the options of the JVM
 * @param arguments the default arguments of the application
 * @param ports the ports that it listens on
 * @param volume the folder that holds its data
 */
record ImageSpec(
        String name,
        String title,
        String description,
        Path jar,
        List<String> options,
        List<String> arguments,
        List<Integer> ports,
        Optional<String> volume) {
    private static final String DATA = "/var/lib/berth";

    ImageSpec {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
        ports = List.copyOf(ports);
    }

    /**
     * The registry server. Run without arguments, it is a complete registry.
     *
     * @param repository the root of the source tree
     */
    static ImageSpec server(Path repository) {
        return new ImageSpec(
                "berth-server",
                "Berth registry server",
                "An OCI registry: docker run -d -p 5000:5000 -v berth-data:/var/lib/berth berth.dev/berth-server",
                repository.resolve("registry-server/target/berth-registry.jar"),
                List.of(
                        // The heap is at most half of this, whatever the container has: large bodies are streamed.
                        // -Xmx wins.
                        "-XX:MaxRAM=512m",
                        "-Djava.library.path=" + NativeLibrary.FOLDER,
                        "-Dorg.sqlite.lib.path=" + NativeLibrary.FOLDER,
                        "-Dorg.sqlite.lib.name=" + NativeLibrary.SQLITE.fileName()),
                List.of("serve", "--data", DATA),
                List.of(5000),
                Optional.of(DATA));
    }

    /**
     * The operator.
     *
     * @param repository the root of the source tree
     */
    static ImageSpec operator(Path repository) {
        return new ImageSpec(
                "berth-operator",
                "Berth operator",
                "Gives a Kubernetes cluster its own image registries",
                repository.resolve("operator/target/berth-operator.jar"),
                List.of(),
                List.of(),
                List.of(8080),
                Optional.empty());
    }

    /** The folder with the dependencies of the application. */
    Path libraries() {
        return jar.resolveSibling("lib");
    }
}
