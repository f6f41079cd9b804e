package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.http.TlsSettings;
import dev.berth.registry.settings.InvalidSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ServeOptionsTest {
    @Test
    void without_options_the_file_stands() {
        assertThat(over()).isEqualTo(ServerSettings.DEFAULT);
    }

    @Test
    void every_option_wins_over_the_file() {
        var settings = over(
                "--port=1",
                "--host=h",
                "--data=d",
                "--users=u",
                "--tls-cert=c",
                "--tls-key=k",
                "--management-port=2",
                "--management-host=m");
        assertThat(settings.http().address()).hasToString("h:1");
        assertThat(settings.management().address()).hasToString("m:2");
        assertThat(settings.storage().folder()).isEqualTo(Path.of("d"));
        assertThat(settings.access().users()).contains(Path.of("u"));
        assertThat(settings.tls()).contains(new TlsSettings(Path.of("c"), Path.of("k")));
    }

    @Test
    void half_a_pair_of_tls_files_is_refused() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> over("--tls-cert=c"))
                .withMessageContaining("only the certificate was given");
    }

    private static ServerSettings over(String... arguments) {
        var options = new ServeOptions();
        var serve = new CommandLine(CommandLine.Model.CommandSpec.create()
                .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options)));
        serve.parseArgs(arguments);
        return options.over(ServerSettings.DEFAULT);
    }
}
