package dev.berth.image;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The settings of the image build, as Maven passes them.
 *
 * @param repository the root of the source tree
 * @param output the folder for the archives
 * @param cache the folder for downloads, outside of the tree
 * @param version the images' tag
 * @param time the modification time of each file in an image, and the image's own
 * @param cacheTimes whether the images' ahead-of-time caches keep the times that the JVM writes into them
 */
record BuildSettings(Path repository, Path output, Path cache, String version, Instant time, CacheTimes cacheTimes) {
    /** Reads `repository output version time cacheTimes`; the cache is the folder that all scripts of Berth use. */
    static BuildSettings of(String... arguments) {
        if (arguments.length != 5) {
            throw new ImageBuildException("the arguments are: repository, output folder, version, time, cache times");
        }
        return new BuildSettings(
                Path.of(arguments[0]).toAbsolutePath().normalize(),
                Path.of(arguments[1]).toAbsolutePath().normalize(),
                cacheOf(System.getenv().getOrDefault("BERTH_CACHE", "")),
                arguments[2],
                Instant.parse(arguments[3]),
                CacheTimes.parse(arguments[4]));
    }

    private static Path cacheOf(String chosen) {
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        var home = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        return home.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache", "berth") : Path.of(home, "berth");
    }
}
