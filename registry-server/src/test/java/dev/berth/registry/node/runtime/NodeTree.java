package dev.berth.registry.node.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything below a folder that stands for a node: what is there, and what is in it. */
public record NodeTree(SortedMap<String, String> files) {
    public static NodeTree of(Path root) throws IOException {
        var files = new TreeMap<String, String>();
        try (var paths = Files.walk(root)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                files.put(root.relativize(path).toString(), content(path));
            }
        }
        return new NodeTree(files);
    }

    private static String content(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                ? "folder"
                : Files.readString(path, StandardCharsets.ISO_8859_1);
    }
}
