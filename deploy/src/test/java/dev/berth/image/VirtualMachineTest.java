package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class VirtualMachineTest {
    @TempDir
    Path folder;

    /** The JVM that links the image's runtime: an option that it does not know would stop every container. */
    @ParameterizedTest
    @MethodSource("images")
    void this_jdk_starts_with_every_option_of_the_image_and_warns_of_none(ImageSpec image)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/java");
        VirtualMachine.command(image).stream()
                .skip(1)
                .takeWhile(option -> !option.equals("-jar"))
                .filter(option -> !option.startsWith("-XX:AOTCache="))
                .forEach(command::add);
        command.add("-version");
        var said = folder.resolve("said");

        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();

        assertThat(status).as(Files.readString(said)).isZero();
        assertThat(Files.readString(said)).doesNotContainIgnoringCase("warning").contains("build 25");
    }

    @Test
    void a_container_gets_its_arguments_after_the_jar_and_the_cache_lies_where_the_command_says() {
        var image = ImageSpec.server(Path.of("/src"));

        assertThat(VirtualMachine.command(image))
                .startsWith("/opt/java/bin/java", "-XX:AOTCache=/opt/berth/berth-server.aot")
                .endsWith("-jar", "/opt/berth/berth-registry.jar")
                .containsAll(image.options());
        assertThat(VirtualMachine.cache(image)).isEqualTo("/opt/berth/berth-server.aot");
    }

    @Test
    void the_command_outside_of_an_image_gives_the_jvm_options_of_the_image() throws IOException {
        var options = Files.readAllLines(Path.of("..", "bin", "berth-registry")).stream()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Stream.of(line.split("\\s+")))
                .filter(word -> word.startsWith("-X"))
                .collect(Collectors.toSet());

        assertThat(options.remove("-XX:+IgnoreUnrecognizedVMOptions"))
                .as("Java there may be newer and know fewer options")
                .isTrue();
        assertThat(options).hasSizeGreaterThan(5).isSubsetOf(VirtualMachine.command(ImageSpec.server(Path.of("/src"))));
    }

    static Stream<ImageSpec> images() {
        return Stream.of(ImageSpec.server(Path.of("/src")), ImageSpec.operator(Path.of("/src")));
    }
}
