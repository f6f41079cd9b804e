package dev.berth.registry.node;

import dev.berth.registry.node.runtime.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The place of the list of hosts: a folder with its parts, `hosts-0.yaml` and so on, or one file with the whole list. */
final class HostsSource {
    private static final Pattern PART = Pattern.compile("hosts-[0-9]{1,4}\\.yaml");

    private final Path path;
    private final Map<Path, HostsFile> files = new TreeMap<>();

    HostsSource(Path path) {
        this.path = path;
    }

    /**
     * Reads each file. The result equals the one of before if nothing has changed.
     *
     * @param afresh whether to read the files even if they look unchanged
     */
    List<HostsReading> read(boolean afresh) {
        if (!Files.isDirectory(path)) {
            return List.of(file(path).read(afresh));
        }
        try {
            var parts = Folders.names(path).stream()
                    .filter(name -> PART.matcher(name).matches())
                    .map(name -> file(path.resolve(name)).read(afresh))
                    .toList();
            return parts.isEmpty()
                    ? nothing(" has no file hosts-0.yaml yet; this node stays as it is until then")
                    : parts;
        } catch (IOException e) {
            return nothing(" can't be read: " + e.getMessage());
        }
    }

    private HostsFile file(Path file) {
        return files.computeIfAbsent(file, HostsFile::new);
    }

    private List<HostsReading> nothing(String why) {
        return List.of(new HostsReading.Nothing(path + why));
    }
}
