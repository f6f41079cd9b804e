package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.http.port.ListenAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class GreetingTest {
    @Test
    void it_says_how_to_push_from_this_machine() {
        var greeting = Greeting.of(ServerSettings.DEFAULT, new ListenAddress("0.0.0.0", 5000));
        assertThat(greeting.howToPush())
                .isEqualTo("docker tag IMAGE localhost:5000/IMAGE && docker push localhost:5000/IMAGE");
        assertThat(greeting.data()).isEqualTo(Path.of("berth-data").toAbsolutePath());
    }

    @Test
    void with_users_there_is_a_login_first() {
        var plain = ServerSettings.DEFAULT;
        var settings = new ServerSettings(
                plain.http(),
                plain.management(),
                plain.storage(),
                plain.tls(),
                AccessSettings.OPEN.withUsers(Path.of("users")),
                plain.maintenance(),
                plain.log());
        assertThat(Greeting.of(settings, new ListenAddress("10.0.0.1", 5000)).howToPush())
                .startsWith("docker login 10.0.0.1:5000 && ");
    }
}
