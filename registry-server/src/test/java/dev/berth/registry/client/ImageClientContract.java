package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every client can do with the server, with and without TLS and a password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ImageClientContract {
    @TempDir
    private Path folder;

    private String path = "";

    /** How to start with this client, in an empty folder; `path` is where its programs are. */
    abstract ImageClient open(Path home, SmallImage image, String path) throws IOException;

    /** The script that gets the client, and prints what to put before PATH. */
    List<String> finder() {
        return List.of("bin/clients");
    }

    /** What it says of a wrong password: one of these, in lower case. */
    String[] wrongPassword() {
        return new String[] {"401", "unauthorized", "invalid username"};
    }

    @BeforeAll
    void findTheClient() {
        var found = CommandRun.of(Map.of(), Duration.ofMinutes(20), finder());
        path = found.orSkip(getClass().getSimpleName(), "the client") + ":" + System.getenv("PATH");
    }

    @Test
    void pushes_and_pulls_over_plain_http(@TempDir Path home) throws IOException, InterruptedException {
        try (var registry = Registry.plain(folder.resolve("plain"));
                var client = open(home)) {
            roundTrip(client, registry);
        }
    }

    @Test
    void pushes_and_pulls_over_tls_with_a_password(@TempDir Path home)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (var registry = Registry.secured(folder.resolve("secured"));
                var client = open(home)) {
            assertThat(client.login(registry, Registry.USER, "wrong")).satisfies(refused -> {
                assertThat(refused.succeeded()).as(refused.toString()).isFalse();
                assertThat(refused.output().toLowerCase(Locale.ROOT)).containsAnyOf(wrongPassword());
            });
            client.login(registry, Registry.USER, Registry.PASSWORD).orFail();
            roundTrip(client, registry);
        }
    }

    @Test
    void pulls_without_a_password_where_everybody_may_and_pushes_with_one(@TempDir Path home, @TempDir Path readersHome)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (var registry = Registry.openToReaders(folder.resolve("readers"))) {
            try (var client = open(home)) {
                var stranger = client.push(registry, "team/small");
                assertThat(stranger.succeeded()).as(stranger.toString()).isFalse();
                assertThat(client.login(registry, Registry.USER, "wrong").succeeded())
                        .isFalse();
                client.login(registry, Registry.USER, Registry.PASSWORD).orFail();
                roundTrip(client, registry);
            }
            try (var reader = open(readersHome)) {
                reader.pull(registry, "team/small").orFail();
            }
        }
    }

    private ImageClient open(Path home) throws IOException {
        return open(home, SmallImage.write(home.resolve("image"), "made at " + home), path);
    }

    private static void roundTrip(ImageClient client, Registry registry) throws IOException, InterruptedException {
        client.push(registry, "team/small").orFail();
        client.pull(registry, "team/small").orFail();
        var digest = registry.digest("team/small", "1");
        assertThat(digest).startsWith("sha256:");
        client.pulledDigest(registry, "team/small")
                .ifPresent(pulled -> assertThat(pulled).isEqualTo(digest));

        var absent = client.pull(registry, "team/absent");
        assertThat(absent.succeeded()).as(absent.toString()).isFalse();
        assertThat(absent.output().toLowerCase(Locale.ROOT))
                .containsAnyOf("name unknown", "not found", "no such repository");
    }
}
