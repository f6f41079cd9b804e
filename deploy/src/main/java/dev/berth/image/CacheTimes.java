package dev.berth.image;

import dev.berth.image.hotspot.AotCacheFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens to the times that HotSpot writes into an ahead-of-time cache. Only without them is an image the same bytes each time it is
 * built; it works with them just as well.
 */
enum CacheTimes {
    /** Removes the times, if the format of the cache is known. */
    FORGET,
    /** Leaves the cache as the JVM wrote it. */
    KEEP;

    /** Reads `forget` or `keep`. */
    static CacheTimes parse(String text) {
        return Arrays.stream(values())
                .filter(choice -> choice.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new ImageBuildException("image.cacheTimes is 'forget' or 'keep', not '" + text + "'"));
    }

    /**
     * Changes a cache that was just made, or leaves it as it is. Neither stops the build of an image.
     *
     * @param image the name of the image
     * @param started the monotonic clock before the cache was made
     * @return a sentence for the person who builds, if the cache still holds its times
     */
    Optional<String> treat(Path cache, String image, Duration started) throws IOException {
        Optional<String> left = this == KEEP
                ? Optional.of("image.cacheTimes is " + KEEP)
                : new AotCacheFile(cache).forgetWhenItWasMade(started, Duration.ofNanos(System.nanoTime()));
        return left.map(
                why -> image + " is built, but a second build will not give the same bytes: its ahead-of-time cache"
                        + " keeps the times that Java " + Runtime.version() + " wrote (" + why + ")");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
