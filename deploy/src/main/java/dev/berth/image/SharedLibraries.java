package dev.berth.image;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The shared libraries that the programs of an image need and that the image lacks. They are found by reading the programs and taken from
 * Debian packages, which works for JDKs that are built differently (Debian's links zlib, Temurin's contains it).
 */
final class SharedLibraries {
    private static final String FOLDER = "/usr/lib/x86_64-linux-gnu/";

    /** glibc opens the first by name when it unwinds a thread that ends; the server opens the second to compute digests. */
    private static final List<String> OPENED_BY_NAME = List.of("libgcc_s.so.1", "libcrypto.so.3");

    private final List<DebFile> packages;

    SharedLibraries(List<DebFile> packages) {
        this.packages = List.copyOf(packages);
    }

    /**
     * Finds all of them, also those that libraries need.
     *
     * @param own the programs and libraries of the image, by file name
     * @return bytes by soname, sorted
     */
    SortedMap<String, byte[]> neededBy(Map<String, byte[]> own) {
        var found = new TreeMap<String, byte[]>();
        var seen = new HashSet<String>();
        var open = new ArrayDeque<String>(OPENED_BY_NAME);
        own.values().stream().flatMap(SharedLibraries::needed).forEach(open::add);
        while (!open.isEmpty()) {
            var name = open.remove();
            if (!own.containsKey(name) && seen.add(name)) {
                var library = find(name);
                found.put(name, library);
                needed(library).forEach(open::add);
            }
        }
        return found;
    }

    private byte[] find(String name) {
        return packages.stream()
                .map(deb -> deb.file(FOLDER + name))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new ImageBuildException(name
                        + " is linked to, and no pinned package holds it: add its package to debian-packages.txt"));
    }

    private static Stream<String> needed(byte[] file) {
        return ElfFile.isElf(file) ? new ElfFile(file).needed().stream() : Stream.empty();
    }
}
