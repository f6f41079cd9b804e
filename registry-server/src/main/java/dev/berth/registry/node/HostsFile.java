package dev.berth.registry.node;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * A hosts file in a mounted ConfigMap. Kubernetes changes such a file by swapping symbolic links above it, which file watches notice late or
 * not at all. So the file is looked at each time, read if it is another file, and parsed if its bytes have changed.
 */
final class HostsFile {
    private final Path path;
    private List<Object> version = List.of();
    private Optional<Digest> digest = Optional.empty();
    private HostsReading reading = new HostsReading.Nothing("nothing was read yet");

    HostsFile(Path path) {
        this.path = path;
    }

    /** @param afresh whether to read the file even if it looks unchanged */
    HostsReading read(boolean afresh) {
        try {
            var now = version();
            if (afresh || !now.equals(version)) {
                parse(Files.readAllBytes(path));
                version = now;
            }
            return reading;
        } catch (NoSuchFileException e) {
            return new HostsReading.Nothing(path + " is not there yet; this node stays as it is until then");
        } catch (IOException e) {
            return new HostsReading.Nothing(path + " can't be read: " + e.getMessage());
        }
    }

    private void parse(byte[] bytes) {
        Optional<Digest> now = Optional.of(Algorithm.SHA256.digestOf(bytes));
        if (!now.equals(digest)) {
            reading = HostsYaml.read(bytes);
            digest = now;
        }
    }

    private List<Object> version() throws IOException {
        var file = path.toRealPath();
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return List.of(file, attributes.lastModifiedTime(), attributes.size());
    }
}
