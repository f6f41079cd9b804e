package dev.berth.registry.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A containerd of the tests' own without its CRI plugin, driven by its own command, `ctr`. */
record CtrContainerd(Path home, Daemon daemon) implements AutoCloseable {
    static CtrContainerd start(Path home) throws IOException {
        var config = Files.writeString(Files.createDirectories(home).resolve("config.toml"), """
                version = 2
                disabled_plugins = ["io.containerd.grpc.v1.cri"]
                root = "%1$s/root"
                state = "%1$s/state"
                [grpc]
                  address = "%1$s/containerd.sock"
                """.formatted(home));
        var daemon = Daemon.start(
                home,
                System.getenv("PATH"),
                List.of("containerd", "--config", config.toString()),
                () -> ctr(home, "version").succeeded());
        return new CtrContainerd(home, daemon);
    }

    CommandRun ctr(String... arguments) {
        return ctr(home, arguments);
    }

    /** The digest of an image that it has. */
    String digest(String image) {
        return ctr("images", "list", "name==" + image).orFail().answer().split("\\s+", -1)[2];
    }

    private static CommandRun ctr(Path home, String... arguments) {
        var command = new ArrayList<>(List.of("ctr", "--address=" + home.resolve("containerd.sock")));
        command.addAll(List.of(arguments));
        return CommandRun.of(Map.of(), command);
    }

    @Override
    public void close() {
        daemon.close();
    }
}
