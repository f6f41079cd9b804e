package dev.berth.registry.node.containerd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.berth.registry.node.runtime.DropIn;
import dev.berth.registry.node.runtime.NodeRoot;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * containerd's `config.toml` and the files that it imports.
 *
 * @param parts the files, in the order in which containerd reads them; at least one
 * @param imports what they import, as this process sees it; a name can be a pattern
 * @param complete whether all of them were seen, so that a setting which is in none of them has its default
 */
record ConfigurationFiles(List<Part> parts, List<Path> imports, boolean complete) {
    private static final TomlMapper TOML = new TomlMapper();

    /** One file. */
    record Part(Path file, JsonNode toml) {
        JsonNode plugin(String name) {
            return toml.path("plugins").path(name);
        }

        /** The texts in a list of the file. */
        Stream<String> texts(String list) {
            return toml.path(list).valueStream().filter(JsonNode::isTextual).map(JsonNode::textValue);
        }
    }

    ConfigurationFiles {
        parts = List.copyOf(parts);
        imports = List.copyOf(imports);
    }

    /**
     * Reads `config.toml` and what it imports.
     *
     * @param added a file that is not there yet and counts as if it were
     * @throws IOException if `config.toml` can't be read, or isn't TOML
     */
    static ConfigurationFiles read(NodeRoot root, Path first, Optional<DropIn> added) throws IOException {
        var reading = new Reading(root, first, added);
        reading.all();
        return new ConfigurationFiles(reading.parts, reading.imports, reading.complete);
    }

    /** Stands for a `config.toml` that does not exist. */
    static ConfigurationFiles none(Path first, int version) {
        return new ConfigurationFiles(
                List.of(new Part(first, TOML.createObjectNode().put("version", version))), List.of(), true);
    }

    private static final class Reading {
        private final NodeRoot root;
        private final Path first;
        private final Optional<DropIn> added;
        private final List<Part> parts = new ArrayList<>();
        private final List<Path> imports = new ArrayList<>();
        private boolean complete = true;

        Reading(NodeRoot root, Path first, Optional<DropIn> added) {
            this.root = root;
            this.first = first;
            this.added = added;
        }

        void all() throws IOException {
            var pending = new ArrayDeque<Path>(List.of(first));
            var read = new LinkedHashSet<Path>();
            while (!pending.isEmpty()) {
                var file = pending.remove();
                if (!read.add(file)) {
                    continue;
                }
                try {
                    var part = new Part(file, TOML.readTree(text(file)));
                    parts.add(part);
                    part.texts("imports")
                            .map(pattern -> imported(file, pattern))
                            .forEach(imported -> {
                                imports.add(imported);
                                pending.addAll(matching(imported));
                            });
                } catch (IOException e) {
                    if (file.equals(first)) {
                        throw e;
                    }
                    complete = false;
                }
            }
        }

        private String text(Path file) throws IOException {
            var addition = added.filter(dropIn -> dropIn.file().equals(file)).map(DropIn::text);
            return addition.isPresent() ? addition.get() : Files.readString(file);
        }

        private Path imported(Path from, String pattern) {
            return pattern.startsWith("/")
                    ? root.here(pattern)
                    : from.resolveSibling(pattern).normalize();
        }

        /** A file that can't be seen or read from here may say anything, so it raises no doubt. */
        private List<Path> matching(Path imported) {
            var folder = imported.resolveSibling("");
            var found = new TreeSet<Path>();
            try {
                added.map(DropIn::file).filter(file -> isMatch(imported, file)).ifPresent(found::add);
                if (Files.isDirectory(folder)) {
                    try (var files = Files.newDirectoryStream(folder, String.valueOf(imported.getFileName()))) {
                        files.forEach(found::add);
                    }
                } else if (!folder.startsWith(first.resolveSibling(""))
                        || folder.toString().contains("*")) {
                    complete = false; // it may be on the node and not mounted here
                }
            } catch (IOException | DirectoryIteratorException | PatternSyntaxException e) {
                complete = false;
            }
            return List.copyOf(found);
        }
    }

    /** Whether a name that a file imports is this file, or a pattern that it matches. */
    static boolean isMatch(Path imported, Path file) {
        return imported.resolveSibling("").equals(file.resolveSibling(""))
                && imported.getFileSystem()
                        .getPathMatcher("glob:" + imported.getFileName())
                        .matches(file.getFileName());
    }
}
