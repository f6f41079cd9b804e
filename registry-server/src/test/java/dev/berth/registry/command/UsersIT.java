package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerProcess;
import dev.berth.registry.access.Bcrypt;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who come and go while a server runs, and a password that is typed on a terminal. */
final class UsersIT {
    private static final Duration TAKEN_UP = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void a_running_server_takes_up_who_is_added_and_removed() throws IOException, InterruptedException {
        var users = "--users=" + folder.resolve("users");
        assertThat(type("first\nfirst\n", "users", "add", users, "ci"))
                .contains("Password of ci:", "Once more:", "User ci is added")
                .doesNotContain("first");
        try (var server = ServerProcess.start(folder, users)) {
            assertThat(login(server, "ci", "first")).isEqualTo(200);
            type("other\nother\n", "users", "add", users, "ann");
            Awaitility.await("the new user").atMost(TAKEN_UP).until(() -> login(server, "ann", "other") == 200);
            type("", "users", "remove", users, "ci");
            Awaitility.await("the removal").atMost(TAKEN_UP).until(() -> login(server, "ci", "first") == 401);
        }
    }

    @Test
    void two_passwords_that_differ_change_nothing() throws IOException, InterruptedException {
        assertThat(type("one\ntwo\n", "users", "add", "--users=" + folder.resolve("users"), "ci"))
                .contains("The two passwords differ");
        assertThat(folder.resolve("users")).doesNotExist();
    }

    /** On a terminal of its own (script(1)), whose echo would show what is typed before it is asked for. */
    private String type(String keys, String... arguments) throws IOException, InterruptedException {
        var command = String.join(" ", ServerProcess.command(List.of(arguments)));
        var process = new ProcessBuilder(
                        "script", "--quiet", "--echo", "never", "--return", "--command", command, "/dev/null")
                .redirectErrorStream(true)
                .start();
        try (var out = process.outputWriter()) {
            out.write(keys);
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private int login(ServerProcess server, String user, String password) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.url("/v2/"))
                .header("Authorization", Bcrypt.basic(user, password))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
