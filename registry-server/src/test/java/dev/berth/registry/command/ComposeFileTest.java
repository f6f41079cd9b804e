package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class ComposeFileTest {
    private static final Path DEPLOY = Path.of("..", "deploy");

    @Test
    void serve_knows_the_options_and_the_data_are_on_a_volume() throws IOException {
        var service = service();
        var command = texts(service.path("command")).toArray(String[]::new);

        assertThatCode(() -> BerthRegistry.commandLine(command).parseArgs(command))
                .doesNotThrowAnyException();
        assertThat(command).contains("--data=/var/lib/berth");
        assertThat(texts(service.path("volumes"))).contains("data:/var/lib/berth");
        assertThat(texts(service.path("ports"))).containsExactly("5000:5000");
    }

    @Test
    void the_image_is_the_one_that_is_built_here() throws IOException {
        var version = Files.readString(DEPLOY.resolve("pom.xml"))
                .replaceFirst("(?s).*<image.version>([0-9.]+)</image.version>.*", "$1");

        assertThat(service().path("image").asText()).isEqualTo("berth.dev/berth-server:" + version);
    }

    private static JsonNode service() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(DEPLOY.resolve("compose.yaml").toFile())
                .at("/services/registry");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
