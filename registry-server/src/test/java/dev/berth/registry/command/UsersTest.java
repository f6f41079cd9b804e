package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsersTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void the_first_user_makes_the_file_which_is_its_owners_alone() throws IOException {
        assertThat(run("add", "ci", "--generate")).as(err.toString()).isZero();
        assertThat(out.toString()).matches("[a-zA-Z2-9]{24}\n");
        assertThat(Files.readString(file()))
                .matches("ci:\\$2y\\$10\\$.{53}\n")
                .doesNotContain(out.toString().strip());
        assertThat(mode()).isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void the_mode_of_a_file_and_a_link_to_it_stay() throws IOException {
        Files.writeString(file(), "# ours\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("users"));
        assertThat(BerthRegistry.commandLine().execute("users", "add", "--users=" + link, "ci", "--generate"))
                .isZero();
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(mode()).isEqualTo("rw-r-----");
        assertThat(Files.readString(file())).startsWith("# ours\nci:");
    }

    @Test
    void a_password_is_read_from_standard_input_without_the_end_of_its_line() throws IOException {
        withInput(
                "secret\n",
                () -> assertThat(run("add", "ci", "--password-stdin")).isZero());
        assertThat(out.toString()).isEmpty();
        withInput(
                "a\nb\n",
                () -> assertThat(run("passwd", "ci", "--password-stdin")).isEqualTo(2));
        assertThat(err.toString()).contains("no control characters");
    }

    @Test
    void nobody_is_added_twice_or_changed_or_removed_who_is_not_there() {
        assertThat(run("add", "ci", "--generate")).isZero();
        assertThat(run("add", "ci", "--generate")).isEqualTo(1);
        assertThat(err.toString()).contains("there is a user ci already");
        assertThat(run("passwd", "ann", "--generate")).isEqualTo(1);
        assertThat(run("remove", "ann")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no user ann");
        assertThat(run("remove", "ci")).isZero();
        assertThat(run("list")).isZero();
    }

    @Test
    void the_last_user_who_goes_leaves_a_comment_since_a_server_takes_an_empty_file_for_one_that_is_being_written()
            throws IOException {
        run("add", "ci", "--generate");
        assertThat(run("remove", "ci")).isZero();
        assertThat(file()).hasContent("# No users: nobody can log in.\n");
        run("add", "ann", "--generate");
        assertThat(Files.readString(file())).startsWith("ann:");
    }

    @Test
    void names_are_listed_for_people_and_for_programs() {
        run("add", "ci", "--generate");
        run("add", "ann", "--generate");
        out.getBuffer().setLength(0);
        assertThat(run("list")).isZero();
        assertThat(out.toString()).isEqualTo("ci\nann\n");
        out.getBuffer().setLength(0);
        assertThat(run("list", "--json")).isZero();
        assertThat(out.toString()).isEqualTo("[\"ci\",\"ann\"]\n");
    }

    @Test
    void a_configuration_names_the_file_and_its_groups_are_listed() throws IOException {
        run("add", "ann", "--generate");
        run("add", "builder", "--generate");
        var config = Files.writeString(folder.resolve("config.yaml"), """
                access:
                  users: %s
                  groups: {ops: [ann], all: [builder, ann]}
                """.formatted(file()));
        assertThat(listed("--config=" + config)).isEqualTo("ann      ops, all\nbuilder  all\n");
        assertThat(listed("--config=" + config, "--json"))
                .isEqualTo("[{\"name\":\"ann\",\"groups\":[\"ops\",\"all\"]},"
                        + "{\"name\":\"builder\",\"groups\":[\"all\"]}]\n");
        assertThat(listed("--users=" + file())).isEqualTo("ann\nbuilder\n");
    }

    @Test
    void who_names_no_file_is_asked_for_one() throws IOException {
        assertThat(execute("users", "list")).isEqualTo(2);
        assertThat(err.toString()).contains("Name the users file: --users FILE, or --config FILE");
        var config = Files.writeString(folder.resolve("config.yaml"), "log: {level: info}\n");
        assertThat(execute("users", "list", "--config=" + config)).isEqualTo(2);
    }

    private String listed(String... options) {
        out.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of("users", "list"));
        all.addAll(List.of(options));
        assertThat(execute(all.toArray(String[]::new))).as(err.toString()).isZero();
        return out.toString();
    }

    @Test
    void what_is_not_right_is_said_in_a_sentence() throws IOException {
        assertThat(run("add", "a:b", "--generate")).isEqualTo(2);
        assertThat(err.toString()).contains("a user's name has no colon");
        assertThat(run("add", "ci", "--generate", "--cost=4")).isEqualTo(2);
        assertThat(err.toString()).contains("--cost is 10 to 16");
        assertThat(run("add", "ci", "--generate", "--password-stdin")).isEqualTo(2);
        assertThat(run("list")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no users file " + file() + "; `users add` makes it.");
        Files.writeString(file(), "ci:plain");
        assertThat(run("passwd", "ci", "--generate")).isEqualTo(1);
        assertThat(err.toString()).contains("Line 1 of the users file");
        assertThat(Files.readString(file())).isEqualTo("ci:plain");
    }

    private Path file() {
        return folder.resolve("users");
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
    }

    private static void withInput(String text, Runnable step) {
        var input = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            step.run();
        } finally {
            System.setIn(input);
        }
    }

    private int run(String command, String... arguments) {
        var all = new ArrayList<>(List.of("users", command, "--users=" + file()));
        all.addAll(List.of(arguments));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return BerthRegistry.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
