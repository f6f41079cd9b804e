package dev.berth.registry.node.containers;

import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.berth.registry.node.runtime.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** Reads CRI-O's `crio.conf` and its drop-ins (crio.conf(5), crio.conf.d(5)). */
record CrioConfiguration(Path folder) {
    private static final TomlMapper TOML = new TomlMapper();

    /** Whether CRI-O reads `registries.conf.d` again by itself when a file there changes. */
    boolean reloadsRegistries() throws IOException {
        var files = new ArrayList<Path>();
        files.add(folder.resolve("crio.conf"));
        var dropIns = folder.resolve("crio.conf.d");
        Folders.names(dropIns).forEach(name -> files.add(dropIns.resolve(name)));
        var reloads = false;
        for (var file : files) {
            if (Files.isRegularFile(file)) {
                var value = TOML.readTree(Files.readString(file))
                        .path("crio")
                        .path("image")
                        .path("auto_reload_registries");
                reloads = value.isBoolean() ? value.booleanValue() : reloads;
            }
        }
        return reloads;
    }
}
