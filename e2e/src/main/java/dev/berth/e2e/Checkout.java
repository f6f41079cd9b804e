package dev.berth.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The checkout that this build belongs to: its folders and the scripts of `e2e/bin`. */
public final class Checkout {
    private Checkout() {}

    /** The nearest folder upwards that has `e2e/bin`. */
    public static Path root() {
        var here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve("e2e/bin")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not inside a checkout of Berth: " + here));
    }

    /** Where this run's files go that someone may want to read afterwards. */
    public static Path target() {
        return root().resolve("e2e/target");
    }

    /** What is downloaded or built is kept here between runs; `e2e/bin/common` decides the same. */
    public static Path cache() {
        var environment = System.getenv();
        if (environment.containsKey("BERTH_CACHE")) {
            return Path.of(environment.get("BERTH_CACHE"));
        }
        var home = environment.getOrDefault("HOME", "/root");
        return Path.of(environment.getOrDefault("XDG_CACHE_HOME", home + "/.cache"), "berth");
    }

    /** Runs one of `e2e/bin`, which tells of its progress itself; the answer is the last line of its output. */
    public static String script(Map<String, String> environment, String name, String... arguments) {
        var program = root().resolve("e2e/bin").resolve(name).toString();
        var command =
                Stream.concat(Stream.of(program), Arrays.stream(arguments)).toList();
        return Processes.output(command, environment)
                .lines()
                .reduce((earlier, last) -> last)
                .orElse("");
    }
}
