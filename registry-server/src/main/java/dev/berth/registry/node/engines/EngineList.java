package dev.berth.registry.node.engines;

import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.engine.EngineException;
import dev.berth.registry.engine.EngineFailure;
import dev.berth.registry.engine.EngineTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that lists Docker Engines: in each line an address, as `-H` takes it, and perhaps a folder with `ca.pem`, `cert.pem` and `key.pem` for TLS.
 * Comments begin with `#`.
 */
public final class EngineList {
    private EngineList() {}

    /**
     * Reads a list. Folders are relative to the one of the file.
     *
     * @throws EngineException with the number of a line that can't be used
     */
    public static List<EngineAddress> read(Path file) throws IOException {
        return parse(Files.readAllLines(file), file.toAbsolutePath().resolveSibling(""));
    }

    static List<EngineAddress> parse(List<String> lines, Path folder) {
        var engines = new ArrayList<EngineAddress>();
        for (int i = 0; i < lines.size(); i++) {
            var text = lines.get(i).replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                engines.add(engine(i + 1, text.split("\\s+"), folder));
            }
        }
        return engines.stream().distinct().toList();
    }

    private static EngineAddress engine(int line, String[] words, Path folder) {
        if (words.length > 2) {
            throw wrong(line, "it has more than an address and a folder");
        }
        var tls = words.length == 2
                ? Optional.of(EngineTls.in(folder.resolve(words[1]), true))
                : Optional.<EngineTls>empty();
        try {
            return EngineAddress.parse(words[0], tls);
        } catch (EngineException e) {
            throw wrong(line, String.valueOf(e.getMessage()));
        }
    }

    private static EngineException wrong(int line, String why) {
        return new EngineException(
                new EngineFailure.Misconfigured("Line " + line + " of the list of Docker hosts can't be used: " + why));
    }
}
