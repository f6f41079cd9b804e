package dev.berth.registry.node.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EngineListTest {
    @Test
    void each_line_is_an_engine_and_comments_and_repetitions_are_left_out(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("engines"), """
                # the build machines

                tcp://10.0.0.5:2375   # Ada's
                10.0.0.6
                unix:///run/docker.sock
                tcp://10.0.0.5:2375
                """);
        assertThat(EngineList.read(file))
                .extracting(EngineAddress::toString)
                .containsExactly("tcp://10.0.0.5:2375", "tcp://10.0.0.6:2375", "unix:///run/docker.sock");
    }

    @Test
    void a_folder_has_the_files_for_tls_and_is_relative_to_the_list(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("build"));
        var ca = Files.writeString(folder.resolve("build/ca.pem"), "");
        var file = Files.writeString(folder.resolve("engines"), "tcp://10.0.0.5 build\n");
        assertThat(EngineList.read(file)).singleElement().satisfies(engine -> {
            var tcp = (EngineAddress.Tcp) engine;
            assertThat(tcp.port()).isEqualTo(2376);
            assertThat(tcp.tls()).hasValueSatisfying(tls -> {
                assertThat(tls.ca()).contains(ca);
                assertThat(tls.verify()).isTrue();
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"ftp://10.0.0.5, write unix://", "tcp://10.0.0.5 a b, more than an address"})
    void a_line_that_cannot_be_used_is_named(String line, String why) {
        assertThatThrownBy(() -> EngineList.parse(List.of("10.0.0.1", line), Path.of("/etc/berth")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Line 2 of the list")
                .hasMessageContaining(why);
    }
}
