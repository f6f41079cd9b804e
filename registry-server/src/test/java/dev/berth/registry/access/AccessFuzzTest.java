package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.access.password.PasswordFile;
import dev.berth.registry.settings.InvalidSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Whatever stands in an `Authorization` header or in the users file: read, or refused without a word of its secrets. */
final class AccessFuzzTest {
    @FuzzTest
    void an_authorization_header_is_read_or_ignored(byte[] bytes) {
        var header = new String(bytes, StandardCharsets.UTF_8);
        Credentials.parse(header).ifPresent(credentials -> {
            assertThat(credentials.user()).doesNotContain(":");
            assertThat(Credentials.parse(basic(credentials))).contains(credentials);
            assertThat(credentials).hasToString("Credentials[user=" + credentials.user() + "]");
        });
    }

    @FuzzTest
    void a_users_file_is_read_or_refused_by_the_number_of_a_line(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            assertThat(PasswordFile.parse(text)).isNotNull();
        } catch (InvalidSettings e) {
            assertThat(e).hasMessageMatching("Line \\d+ of the users file isn't .*");
        }
    }

    private static String basic(Credentials credentials) {
        var pair = credentials.user() + ":" + credentials.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
