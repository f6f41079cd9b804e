package dev.berth.registry.upstream.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AuthenticateHeaderTest {
    private static final AuthenticateHeader.Bearer HUB = new AuthenticateHeader.Bearer(
            "https://auth.docker.io/token", Optional.of("registry.docker.io"), Optional.of("repository:a/b:pull"));

    @Test
    void a_token_service_is_read_with_its_parameters() {
        assertThat(parse("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                        + "scope=\"repository:a/b:pull\""))
                .containsExactly(HUB);
        assertThat(parse("bearer scope=repository:a/b:pull , realm=https://auth.docker.io/token,"
                        + " service=registry.docker.io"))
                .containsExactly(HUB);
    }

    @Test
    void several_offers_are_read_from_one_line_or_from_many() {
        assertThat(parse("Basic realm=\"x\", Bearer realm=\"https://y\""))
                .containsExactly(
                        new AuthenticateHeader.Basic(),
                        new AuthenticateHeader.Bearer("https://y", Optional.empty(), Optional.empty()));
        assertThat(parse("Negotiate", "Basic")).containsExactly(new AuthenticateHeader.Basic());
    }

    @Test
    void what_is_not_understood_is_passed_over() {
        assertThat(parse("Digest realm=\"basic \"")).isEmpty();
        assertThat(parse("Bearer")).isEmpty();
        assertThat(parse("")).isEmpty();
    }

    private static List<AuthenticateHeader> parse(String... values) {
        return AuthenticateHeader.parse(List.of(values));
    }
}
