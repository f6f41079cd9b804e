package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.access.Bcrypt;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigCheckTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void good_settings_are_shown_as_they_would_be_served() throws IOException, GeneralSecurityException {
        write("users", Bcrypt.line("ci", "secret") + Bcrypt.line("ann", "secret"));
        IssuedCertificate.issue(1).write(folder);
        assertThat(check("""
                http: {host: 127.0.0.1, port: 8443, externalPort: 9443}
                storage: {filesystem: {path: FOLDER/data}}
                tls: {certificate: FOLDER/tls.crt, key: FOLDER/tls.key}
                access:
                  users: FOLDER/users
                  rules:
                    - {subjects: [{user: ci}], repositories: ["**"], actions: [pull, push]}
                    - {subjects: [{user: ann}], repositories: ["team/*"], actions: [pull]}
                mirrors:
                  - {upstream: docker.io, paused: true}
                """, "--management-port=9001")).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .filteredOn(line -> !line.startsWith("certificate "))
                .containsExactly(
                        "images         https://127.0.0.1:8443",
                        "from outside   https://127.0.0.1:9443",
                        "management     http://127.0.0.1:9001",
                        "data           " + folder.resolve("data") + " (is created at the start)",
                        "users          2 in " + folder.resolve("users"),
                        "without login  everybody may pull docker.io/**",
                        "rules          user ci: pull, push in **",
                        "               user ann: pull in team/*",
                        "mirrors        docker.io from https://registry-1.docker.io as docker.io/… (OnDemand, paused)");
        assertThat(out.toString()).contains("certificate    CN=localhost, valid until 20");
        assertThat(err.toString())
                .as("certificates of tests live for a day")
                .startsWith("warning: The TLS certificate expires soon")
                .hasLineCount(1);
    }

    @Test
    void it_changes_nothing() throws IOException {
        assertThat(check("storage: {filesystem: {path: FOLDER/data}}")).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("config.yaml"));
        }
    }

    @Test
    void what_everybody_may_pull_is_shown() throws IOException {
        write("users", Bcrypt.line("ci", "secret"));
        write("hub.json", "{\"auths\":{\"quay.io\":{\"auth\":\"YTpi\"}}}");
        var mirrors = """
                mirrors:
                  - {upstream: docker.io}
                  - {upstream: quay.io, credentials: {dockerConfig: FOLDER/hub.json}}
                """;
        assertThat(withoutLogin("access: {users: FOLDER/users}")).isEqualTo("nothing");
        assertThat(withoutLogin("access: {users: FOLDER/users, anonymousPull: true}"))
                .isEqualTo("everybody may pull everything");
        assertThat(withoutLogin("access: {users: FOLDER/users, anonymousPull: true}\n" + mirrors))
                .isEqualTo("everybody may pull everything but mirrors with credentials");
        assertThat(withoutLogin("access: {users: FOLDER/users, anonymousPull: [public/*]}\n" + mirrors))
                .isEqualTo("everybody may pull public/*, docker.io/**");
    }

    private String withoutLogin(String yaml) throws IOException {
        out.getBuffer().setLength(0);
        assertThat(check(yaml)).as(err.toString()).isZero();
        var label = "without login  ";
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(label))
                .findFirst()
                .orElse("no line")
                .replace(label, "");
    }

    @Test
    void a_server_without_users_is_said_to_be_open() throws IOException {
        assertThat(check("{}")).isZero();
        assertThat(out.toString()).contains("access         everybody may pull, push and delete");
    }

    @Test
    void the_faults_of_different_keys_are_all_told_at_once() throws IOException {
        assertThat(check("""
                http: {port: many}
                storagee: {}
                mirrors: [{upstream: "docker.io/library"}]
                log: {level: loud}
                """)).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("berth-registry: " + folder.resolve("config.yaml") + ": "))
                .anyMatch(line -> line.contains("`http.port` must be a whole number"))
                .anyMatch(line -> line.contains("unknown key `storagee`. Did you mean `storage`?"))
                .anyMatch(line -> line.contains("\"docker.io/library\" must be a host"))
                .anyMatch(line -> line.contains("`log.level`"));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void the_faults_of_different_files_are_all_told_at_once() throws IOException, GeneralSecurityException {
        write("users", "ci:plain\n");
        write("data", "");
        IssuedCertificate.issue(1).write(folder);
        IssuedCertificate.issue(2).write(folder.resolve("other"));
        assertThat(check("""
                storage: {filesystem: {path: FOLDER/data}}
                tls: {certificate: FOLDER/tls.crt, key: FOLDER/other/tls.key}
                access: {users: FOLDER/users}
                """, "--mirror=docker.io", "--mirror-auth=docker.io=" + folder.resolve("hub.json")))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(4)
                .anyMatch(line -> line.contains("Line 1 of the users file"))
                .anyMatch(line -> line.contains("isn't the one of the certificate"))
                .anyMatch(line -> line.contains("data is there already, and is not a folder"))
                .anyMatch(line -> line.contains("The mirror of docker.io can't be used"));
    }

    @Test
    void files_that_are_not_there_are_all_named() throws IOException {
        assertThat(check("""
                tls: {certificate: FOLDER/tls.crt, key: FOLDER/tls.key}
                access: {users: FOLDER/users}
                """)).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        missing(folder.resolve("users")),
                        missing(folder.resolve("tls.crt")),
                        missing(folder.resolve("tls.key")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- not a mapping",
                "http: {prot: 5000}",
                "http: {port: 5001}",
                "tls: {certificate: FOLDER/tls.crt}",
                "access: {users: FOLDER/nobody}",
                "access: {users: FOLDER/config.yaml}",
                "access: {rules: [{subjects: [{user: ci}], repositories: [\"**\"], actions: [pull]}]}",
                "mirrors: [{upstream: docker.io, credentials: {dockerConfig: FOLDER/hub.json}}]",
                "storage: {filesystem: {path: FOLDER/config.yaml}}",
                "storage: {filesystem: {path: FOLDER/config.yaml/data}}",
                "storage: {filesystem: {path: FOLDER/link}}"
            })
    void it_says_what_serve_says(String yaml) throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        assertThat(check(yaml)).isEqualTo(2);
        var said = err.toString();
        err.getBuffer().setLength(0);
        var data = yaml.startsWith("storage") ? List.<String>of() : List.of("--data=" + folder.resolve("data"));
        assertThat(run("serve", data)).isEqualTo(1);
        assertThat(said).isEqualTo(err.toString()).startsWith("berth-registry: ");
    }

    @Test
    void a_configuration_that_is_not_there_is_said_so() {
        assertThat(run("config check", List.of())).isEqualTo(2);
        assertThat(err.toString()).isEqualTo(missing(folder.resolve("config.yaml")) + "\n");
    }

    @Test
    void a_users_file_that_everybody_can_read_is_a_warning_unless_kubernetes_has_mounted_it() throws IOException {
        write("secret", Bcrypt.line("ci", "secret"));
        var users = folder.resolve("users");
        Files.createSymbolicLink(users, folder.resolve("secret"));
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(check("access: {users: FOLDER/users}")).isZero();
        assertThat(err.toString()).isEmpty();

        Files.move(folder.resolve("secret"), users, StandardCopyOption.REPLACE_EXISTING);

        assertThat(check("access: {users: FOLDER/users}")).isZero();
        assertThat(err.toString().lines())
                .containsExactly("warning: Every user of this machine can read the password hashes in " + users
                        + "; `chmod o-r " + users + "` hides them");
    }

    @Test
    void what_is_probably_a_mistake_is_a_warning() throws IOException, GeneralSecurityException {
        write("users", Bcrypt.line("ci", "secret"));
        IssuedCertificate.expired().write(folder);
        assertThat(check("""
                tls: {certificate: FOLDER/tls.crt, key: FOLDER/tls.key}
                access:
                  users: FOLDER/users
                  rules: [{subjects: [{user: cii}], repositories: ["**"], actions: [pull]}]
                mirrors: [{upstream: docker.io, credentials: {dockerConfig: FOLDER/hub.json}}]
                """)).isZero();
        assertThat(err.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("warning: "))
                .anyMatch(line -> line.contains("names the user cii, who is not in the users file"))
                .anyMatch(line -> line.contains("The TLS certificate has expired"))
                .anyMatch(line -> line.contains("The mirror of docker.io can fetch nothing until its files are right"));
    }

    private static String missing(Path file) {
        return "berth-registry: There is no file " + file + "; check the path.";
    }

    private int check(String yaml, String... options) throws IOException {
        write("config.yaml", yaml.replace("FOLDER", folder.toString()));
        return run("config check", List.of(options));
    }

    /** Writes a file as `users add` does: readable by its owner alone. */
    private void write(String file, String text) throws IOException {
        Files.setPosixFilePermissions(
                Files.writeString(folder.resolve(file), text), PosixFilePermissions.fromString("rw-------"));
    }

    private int run(String command, List<String> options) {
        var arguments = new ArrayList<>(List.of(command.split(" ", -1)));
        arguments.add("--config=" + folder.resolve("config.yaml"));
        arguments.addAll(options);
        return BerthRegistry.commandLine(arguments.toArray(String[]::new))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
