package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One package of the Debian archive at one version.
 *
 * @param path the path below the root of an archive, `pool/…/name_version_amd64.deb`
 * @param sha256 of the file, in hex
 */
record DebianPackage(String name, String version, String path, String sha256) {
    private static final String PINS = "debian-packages.txt";

    DebianPackage {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new ImageBuildException(name + ": a SHA-256 is 64 lower-case hex digits, not '" + sha256 + "'");
        }
    }

    /** The packages that images take files from, as pinned beside this class. */
    static List<DebianPackage> pinned() {
        try (var pins = DebianPackage.class.getResourceAsStream(PINS)) {
            if (pins == null) {
                throw new IllegalStateException(PINS + " is not beside " + DebianPackage.class);
            }
            return new String(pins.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(DebianPackage::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads `name version path sha256`. */
    static DebianPackage parse(String line) {
        var parts = line.strip().split("\\s+", -1);
        if (parts.length != 4) {
            throw new ImageBuildException(PINS + ": a line is 'name version path sha256', not '" + line + "'");
        }
        return new DebianPackage(parts[0], parts[1], parts[2], parts[3]);
    }

    /** The name of the file in the folder of downloads. Each version has a file of its own. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
