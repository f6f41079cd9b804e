package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values of a claim a pattern stands for. */
final class ClaimGlobTest {
    @ParameterizedTest
    @CsvSource({
        "acme/*, acme/web, true",
        "acme/*, acme/, true",
        "acme/*, acme/web/api, false",
        "acme/*, acme, false",
        "acme/*, evil-acme/web, false",
        "acme/**, acme/web/api, true",
        "acme/web, acme/web, true",
        "acme/web, Acme/web, false",
        "acme/web, acme/website, false",
        "refs/heads/release-*, refs/heads/release-1.2, true",
        "refs/*/v*, refs/tags/v1, true",
        "repo:acme/*:ref:refs/heads/main, repo:acme/web:ref:refs/heads/main, true",
        "repo:acme/*:ref:refs/heads/main, repo:acme/web:ref:refs/heads/main2, false",
        "*, main, true",
        "*, a/b, false",
        "**, a/b, true",
        "a.c, abc, false",
        "***, a/b, true"
    })
    void a_value_is_matched_as_a_repository_is(String glob, String value, boolean matches) {
        assertThat(new ClaimGlob(glob).matches(value)).isEqualTo(matches);
        assertThat(new RepositoryGlob(glob).matches(value)).isEqualTo(matches);
    }

    @Test
    void a_value_that_is_made_to_take_long_does_not() {
        var glob = new ClaimGlob("**a".repeat(80) + "b");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(glob.matches("a".repeat(512))).isFalse());
    }
}
