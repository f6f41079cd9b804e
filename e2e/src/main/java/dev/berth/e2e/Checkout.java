package dev.berth.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The checkout that this build belongs to: its folders and the scripts of `e2e/bin`. */
public final class Checkout {
    private Checkout() {}

    /** The nearest parent folder with `e2e/bin`. */
    public static Path root() {
        var here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve("e2e/bin")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not inside a checkout of Berth: " + here));
    }

    /** The folder for files of this run that a person may want to read afterwards. */
    public static Path target() {
        return root().resolve("e2e/target");
    }

    /** The folder that keeps downloads and builds between runs. `e2e/bin/common` chooses the same one. */
    public static Path cache() {
        var environment = System.getenv();
        if (environment.containsKey("BERTH_CACHE")) {
            return Path.of(environment.get("BERTH_CACHE"));
        }
        var home = environment.getOrDefault("HOME", "/root");
        return Path.of(environment.getOrDefault("XDG_CACHE_HOME", home + "/.cache"), "berth");
    }

    /** Runs a script of `e2e/bin`, which prints its progress itself. Returns the last line of its output. */
    public static String script(Map<String, String> environment, String name, String... arguments) {
        return Processes.output(command(name, arguments), environment)
                .lines()
                .reduce((earlier, last) -> last)
                .orElse("");
    }

    /** Starts a script of `e2e/bin` that goes on after this process has ended. Its output goes to a file. */
    public static void scriptAside(Path log, String name, String... arguments) {
        try {
            new ProcessBuilder(command(name, arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(String name, String... arguments) {
        var program = root().resolve("e2e/bin").resolve(name).toString();
        return Stream.concat(Stream.of(program), Arrays.stream(arguments)).toList();
    }
}
