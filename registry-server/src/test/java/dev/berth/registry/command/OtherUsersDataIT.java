package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is started as another user than the one whose data folder it is. */
final class OtherUsersDataIT {
    private static final int OTHER = 65_534;

    @TempDir
    private Path folder;

    @Test
    void the_start_says_whose_folder_it_is_and_what_to_do() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/setpriv")) && (int) Files.getAttribute(folder, "unix:uid") == 0,
                "to start a server as another user takes root and `setpriv`; they aren't both here");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var data = Files.createDirectory(folder.resolve("data"));
        var command = new ArrayList<>(List.of("/usr/bin/setpriv", "--reuid=" + OTHER, "--clear-groups"));
        command.addAll(ServerProcess.command(List.of("serve", "--port=0", "--management-port=0", "--data=" + data)));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            assertThat(output.readAllAsString())
                    .contains("the data folder " + data + " can't be used: " + data
                            + "/lock: permission denied. It belongs to"
                            + " user 0, and this is user " + OTHER + ": run this as that user, or chown -R " + OTHER
                            + " "
                            + data)
                    .doesNotContain("Exception");
        }
        assertThat(process.waitFor()).isEqualTo(1);
    }
}
