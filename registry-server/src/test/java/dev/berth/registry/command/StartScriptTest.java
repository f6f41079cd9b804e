package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.client.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script `bin/berth-registry`, with programs in the place of Java that print how they were called. */
final class StartScriptTest {
    private static final Path SCRIPT = Path.of("..", "bin", "berth-registry");
    private static final int NOT_STARTED = 127;

    @TempDir
    private Path folder;

    private Path installed;
    private Path script;

    /** A machine with an installed server and no Java: nothing is in its PATH but what the script calls. */
    @BeforeEach
    void install() throws IOException {
        folder = folder.toRealPath();
        installed = folder.resolve("opt/berth-registry-1");
        script = installed.resolve("bin/berth-registry");
        var text = Files.readString(SCRIPT);
        assertThat(text).contains(" /usr/lib/jvm/*/bin/java;");
        executable(script, text.replace("/usr/lib/jvm", folder + "/jvm"));
        Files.writeString(installed.resolve("berth-registry.jar"), "");
        Files.createDirectory(folder.resolve("path"));
        for (var tool : List.of("sed", "readlink", "dirname")) {
            Files.createSymbolicLink(
                    folder.resolve("path").resolve(tool), Path.of("/usr/bin").resolve(tool));
        }
    }

    @Test
    void java_gets_the_jar_and_all_arguments_as_they_were_given() throws IOException {
        var run = run(java("chosen", "25.0.1"), "load", "--data", "my images", "", "*");

        assertThat(run.output().lines().toList())
                .startsWith(folder.resolve("chosen/bin/java").toString())
                .endsWith(
                        "-jar",
                        installed.resolve("berth-registry.jar").toString(),
                        "load",
                        "--data",
                        "my images",
                        "",
                        "*");
    }

    @Test
    void the_exit_code_is_that_of_the_program() throws IOException {
        var java = java("chosen", "25");
        executable(java.resolve("bin/java"), "#!/bin/sh\nexit 3\n");

        assertThat(run(java, "check").exitCode()).isEqualTo(3);
    }

    @Test
    void an_older_java_in_java_home_gives_way_to_one_in_the_path() throws IOException {
        Files.createSymbolicLink(
                folder.resolve("path/java"), java("usr/lib/newer", "26-ea").resolve("bin/java"));

        assertThat(run(java("older", "21.0.9"), "stats").output())
                .startsWith(folder.resolve("usr/lib/newer/bin/java").toString());
    }

    @Test
    void a_java_that_debian_installs_is_found_without_java_home() throws IOException {
        java("jvm/java-17-openjdk-amd64", "17.0.15");
        java("jvm/java-25-openjdk-amd64", "25.0.5");

        assertThat(run(Path.of(""), "stats").output())
                .startsWith(folder.resolve("jvm/java-25-openjdk-amd64/bin/java").toString());
    }

    @Test
    void a_java_behind_a_version_manager_is_asked_for_its_version() throws IOException {
        executable(folder.resolve("path/java"), """
                #!/bin/sh
                [ "$1" = -version ] && echo 'openjdk version "25.0.1" 2025-10-21' >&2 || echo "it runs $*"
                """);

        assertThat(run(Path.of(""), "stats").output()).startsWith("it runs ").endsWith(" stats\n");
    }

    @Test
    void without_java_25_the_message_says_what_there_is_and_where_to_get_one() throws IOException {
        var run = run(java("older", "21.0.9"), "serve");

        assertThat(run.exitCode()).isEqualTo(NOT_STARTED);
        assertThat(run.output())
                .startsWith("berth-registry: Java 25 or newer is needed")
                .contains(folder.resolve("older/bin/java") + " is Java 21\n")
                .contains("apt-get install openjdk-25-jre-headless")
                .contains("set JAVA_HOME");
    }

    @Test
    void a_link_from_another_folder_finds_the_jar() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("path/berth-registry"), script);

        assertThat(run(link, java("chosen", "25.0.1"), "stats").output())
                .contains(installed.resolve("berth-registry.jar").toString());
    }

    @Test
    void a_copy_without_the_jar_is_told_to_be_a_link() throws IOException {
        var copy = Files.createDirectories(folder.resolve("home/bin")).resolve("berth-registry");
        Files.copy(script, copy);

        var run = run(copy, java("chosen", "25.0.1"), "stats");

        assertThat(run.exitCode()).isEqualTo(NOT_STARTED);
        assertThat(run.output()).contains(folder.resolve("home/berth-registry.jar") + " is missing", "link");
    }

    @Test
    void a_clone_that_is_not_built_says_how_to_build_it() throws IOException {
        var clone = folder.resolve("clone");
        Files.createDirectories(clone.resolve("registry-server"));
        executable(clone.resolve("bin/berth-registry"), Files.readString(script));

        var run = run(clone.resolve("bin/berth-registry"), java("chosen", "25.0.1"), "serve");

        assertThat(run.exitCode()).isEqualTo(NOT_STARTED);
        assertThat(run.output())
                .contains("is not built yet", "cd " + clone + " && . bin/env && mvn -DskipTests -pl registry-server");
    }

    private CommandRun run(Path javaHome, String... arguments) {
        return run(script, javaHome, arguments);
    }

    private CommandRun run(Path command, Path javaHome, String... arguments) {
        var line = new ArrayList<>(List.of(command.toString()));
        Stream.of(arguments).forEach(line::add);
        return CommandRun.of(
                Map.of(
                        "JAVA_HOME",
                        javaHome.toString(),
                        "PATH",
                        folder.resolve("path").toString()),
                line);
    }

    /** The home of a Java of this version that prints its path and its arguments. */
    private Path java(String home, String version) throws IOException {
        executable(folder.resolve(home).resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n");
        Files.writeString(folder.resolve(home).resolve("release"), """
                IMPLEMENTOR="Debian"
                JAVA_VERSION="%s"
                """.formatted(version));
        return folder.resolve(home);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
