package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Debian archives that this machine can use: its own mirrors first, then Debian's snapshot archive, which keeps every version. */
final class DebianMirrors {
    private static final Pattern MIRROR = Pattern.compile("https?://\\S+/debian/?(?=\\s|$)");

    /** Serves every version that was ever published. The time only has to be later than the pins. */
    private static final String SNAPSHOT = "https://snapshot.debian.org/archive/debian/20270101T000000Z/";

    private DebianMirrors() {}

    /**
     * The roots of archives, in the order in which to ask them.
     *
     * @param apt the folder of apt's configuration, `/etc/apt`; it need not exist
     */
    static List<URI> of(Path apt) {
        var roots = new LinkedHashSet<String>();
        sources(apt)
                .flatMap(DebianMirrors::lines)
                .filter(line -> line.startsWith("URIs:") || line.startsWith("deb "))
                .flatMap(line -> MIRROR.matcher(line).results())
                .map(match -> match.group().endsWith("/") ? match.group() : match.group() + "/")
                .forEach(roots::add);
        roots.add(SNAPSHOT);
        return roots.stream().map(URI::create).toList();
    }

    private static Stream<Path> sources(Path apt) {
        var parts = apt.resolve("sources.list.d");
        try (var files = Files.isDirectory(parts) ? Files.list(parts) : Stream.<Path>empty()) {
            var read = files.filter(DebianMirrors::isRead).sorted();
            return Stream.concat(Stream.of(apt.resolve("sources.list")), read)
                    .filter(Files::isRegularFile)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether apt reads a file of this name in `sources.list.d` (sources.list(5)); others are copies and switched off. */
    private static boolean isRead(Path file) {
        return file.toString().endsWith(".list") || file.toString().endsWith(".sources");
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
