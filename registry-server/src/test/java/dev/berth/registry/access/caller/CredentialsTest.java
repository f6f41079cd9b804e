package dev.berth.registry.access.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class CredentialsTest {
    @Test
    void a_password_may_hold_colons_and_any_letter() {
        assertThat(Credentials.parse("Basic " + base64("ci:pass:wörd"))).contains(new Credentials("ci", "pass:wörd"));
        assertThat(Credentials.parse("bAsIc  " + base64("ci:"))).contains(new Credentials("ci", ""));
    }

    @Test
    void other_schemes_and_rubbish_are_no_credentials() {
        for (var header : List.of("", "Basic", "Basic ", "Bearer abc", "Basic !!!", "Basic " + base64("no colon"))) {
            assertThat(Credentials.parse(header)).as(header).isEmpty();
        }
    }

    @Test
    void the_password_is_never_printed() {
        assertThat(new Credentials("ci", "secret")).hasToString("Credentials[user=ci]");
    }

    @Property
    void whatever_a_client_writes_is_read_without_a_failure(@ForAll String header) {
        assertThat(Credentials.parse("Basic " + header)).isNotNull();
        assertThat(Credentials.parse(header)).isNotNull();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
