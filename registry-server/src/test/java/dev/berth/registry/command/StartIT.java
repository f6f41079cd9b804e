package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who starts the server and can't: one sentence with the way out. */
final class StartIT {
    @TempDir
    private Path folder;

    @Test
    void a_port_in_use() throws IOException, InterruptedException {
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            refuses(
                    "Port " + taken.getLocalPort() + " is in use on 127.0.0.1; --port takes another.",
                    "--port=" + taken.getLocalPort());
            refuses(
                    "Port " + taken.getLocalPort() + " is in use on 127.0.0.1; --management-port takes another.",
                    "--management-port=" + taken.getLocalPort());
        }
    }

    @Test
    void an_address_that_the_machine_does_not_have() throws IOException, InterruptedException {
        refuses(
                "No network interface of this machine has the address 192.0.2.1; 0.0.0.0 listens on all of them.",
                "--management-host=192.0.2.1");
    }

    @Test
    void a_configuration_whose_indentation_is_wrong() throws IOException, InterruptedException {
        var config = Files.writeString(folder.resolve("config.yaml"), "http:\n  port: 0\n tls: {\n");
        refuses(config + ": This isn't a YAML mapping: line 3, column 2: ", "--config", config.toString());
    }

    @Test
    void a_tls_file_that_is_not_there() throws IOException, InterruptedException {
        var missing = folder.resolve("tls.crt");
        refuses("There is no file " + missing + "; check the path.", "--tls-cert=" + missing, "--tls-key=" + missing);
    }

    @Test
    void a_tls_file_that_is_none() throws IOException, InterruptedException {
        var rubbish = Files.writeString(folder.resolve("tls.crt"), "rubbish");
        refuses(
                "The TLS files " + rubbish + " and " + rubbish
                        + " aren't a PEM certificate and its unencrypted PEM key",
                "--tls-cert=" + rubbish,
                "--tls-key=" + rubbish);
    }

    @Test
    void a_key_of_another_certificate() throws IOException, InterruptedException, GeneralSecurityException {
        IssuedCertificate.issue(1).write(folder.resolve("one"));
        IssuedCertificate.issue(2).write(folder.resolve("two"));
        var certificate = folder.resolve("one/tls.crt");
        var key = folder.resolve("two/tls.key");
        refuses(
                "The key in " + key + " isn't the one of the certificate in " + certificate,
                "--tls-cert=" + certificate,
                "--tls-key=" + key);
    }

    @Test
    void users_that_are_none() throws IOException, InterruptedException {
        var users = Files.writeString(folder.resolve("users"), "ci:plain\n");
        refuses("Line 1 of the users file isn't `user:` and a bcrypt hash", "--users=" + users);
    }

    @Test
    void a_data_folder_that_is_a_file() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("data"), "");
        refuses(file.toString(), "--data=" + file);
    }

    @Test
    void a_data_folder_of_another_server() throws IOException, InterruptedException {
        try (var first = ServerProcess.start(folder)) {
            assertThat(first.isAlive()).isTrue();
            refuses(folder.resolve("data").toString());
        }
    }

    @Test
    void a_configuration_with_a_slip_of_the_pen() throws IOException, InterruptedException {
        var config = Files.writeString(folder.resolve("config.yaml"), "htpp: {port: 0}\n");
        refuses(
                config + ": The configuration has an unknown key `htpp`. Did you mean `http`?",
                "--config",
                config.toString());
    }

    private void refuses(String sentence, String... arguments) throws IOException, InterruptedException {
        try (var server = ServerProcess.launch(folder, arguments)) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output())
                    .startsWith("berth-registry: ")
                    .contains(sentence)
                    .hasLineCount(1)
                    .doesNotContain("\tat ");
        }
    }
}
