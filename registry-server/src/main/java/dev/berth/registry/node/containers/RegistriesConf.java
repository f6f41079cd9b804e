package dev.berth.registry.node.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.berth.registry.node.runtime.Folders;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.MarkedFile.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the tables that others wrote into `registries.conf` and its drop-ins (containers-registries.conf(5)). */
record RegistriesConf(Path containers) {
    private static final TomlMapper TOML = new TomlMapper();

    /** The folder of drop-ins. */
    Path dropIns() {
        return containers.resolve("registries.conf.d");
    }

    /** Who else says where images of a host come from, so that a second table would replace theirs or be replaced; empty if nobody does. */
    Optional<String> conflict(HostName host) throws IOException {
        for (var file : files()) {
            try {
                var tables = TOML.readTree(Files.readString(file)).path("registry");
                if (tables.valueStream().anyMatch(table -> isFor(table, host))) {
                    return Optional.of(file + " has a [[registry]] for " + host + " that Berth did not write");
                }
            } catch (IOException e) {
                return Optional.of(file + " can't be read, so that it may say something about " + host + " ("
                        + e.getMessage() + ")");
            }
        }
        return Optional.empty();
    }

    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        var main = containers.resolve("registries.conf");
        if (Files.isRegularFile(main)) {
            files.add(main);
        }
        for (var name : Folders.names(dropIns())) {
            if (name.endsWith(".conf") && new MarkedFile(dropIns(), name).owner() == Owner.OTHERS) {
                files.add(dropIns().resolve(name));
            }
        }
        return files;
    }

    private static boolean isFor(JsonNode table, HostName host) {
        var prefix = table.path("prefix").asText("");
        return host.text().equals(prefix.isEmpty() ? table.path("location").asText("") : prefix);
    }
}
