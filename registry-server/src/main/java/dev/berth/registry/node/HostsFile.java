package dev.berth.registry.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The hosts file where Kubernetes mounts it. It is small and read whole each time: a mounted ConfigMap changes by a swap of symbolic links
 * above the file, which file watches see too late or not at all.
 */
final class HostsFile {
    private final Path path;

    HostsFile(Path path) {
        this.path = path;
    }

    HostsReading read() {
        try {
            return HostsYaml.read(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return new HostsReading.Nothing(path + " is not there yet; this node stays as it is until then");
        } catch (IOException e) {
            return new HostsReading.Nothing(path + " can't be read: " + e.getMessage());
        }
    }
}
