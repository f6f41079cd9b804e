package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.http.Answer;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PreconditionsTest {
    private static final Optional<Digest> NOWHERE = Optional.empty();
    private static final Optional<Digest> HERE = Optional.of(digest("here"));
    private static final Optional<Digest> THERE = Optional.of(digest("there"));

    @Test
    void without_any_all_is_well() {
        assertThat(met("", "", NOWHERE)).isTrue();
        assertThat(met("", "", HERE)).isTrue();
    }

    @Test
    void if_match_wants_what_it_names() {
        assertThat(met(tag(HERE), "", HERE)).isTrue();
        assertThat(met(tag(HERE), "", THERE)).isFalse();
        assertThat(met(tag(HERE), "", NOWHERE)).isFalse();
        assertThat(met("W/" + tag(HERE), "", HERE)).isFalse();
    }

    @Test
    void if_match_with_a_star_wants_something() {
        assertThat(met("*", "", HERE)).isTrue();
        assertThat(met("*", "", NOWHERE)).isFalse();
    }

    @Test
    void if_none_match_with_a_star_wants_nothing() {
        assertThat(met("", "*", NOWHERE)).isTrue();
        assertThat(met("", "*", HERE)).isFalse();
    }

    @Test
    void if_none_match_wants_anything_but_what_it_names() {
        assertThat(met("", tag(HERE), THERE)).isTrue();
        assertThat(met("", tag(HERE), NOWHERE)).isTrue();
        assertThat(met("", tag(HERE), HERE)).isFalse();
    }

    @Test
    void both_must_be_met() {
        assertThat(met("*", tag(HERE), THERE)).isTrue();
        assertThat(met("*", tag(HERE), HERE)).isFalse();
        assertThat(met("*", tag(HERE), NOWHERE)).isFalse();
    }

    @Test
    void who_reads_is_told_that_nothing_changed_or_that_something_did() {
        assertThat(instead("", "")).isZero();
        assertThat(instead("", tag(HERE))).isEqualTo(304);
        assertThat(instead(tag(HERE), tag(HERE))).isEqualTo(304);
        assertThat(instead(tag(THERE), "")).isEqualTo(412);
        assertThat(instead(tag(THERE), tag(HERE))).isEqualTo(412);
    }

    @Test
    void a_refusal_says_where_it_stands() {
        var answer = Preconditions.failed(HERE);
        assertThat(answer.headers()).contains(new Answer.Header("ETag", tag(HERE)));
        assertThat(Preconditions.failed(NOWHERE).headers()).isEmpty();
    }

    private static boolean met(String ifMatch, String ifNoneMatch, Optional<Digest> current) {
        return preconditions(ifMatch, ifNoneMatch).isMet(current);
    }

    private static int instead(String ifMatch, String ifNoneMatch) {
        return preconditions(ifMatch, ifNoneMatch)
                .insteadOf(HERE.orElseThrow())
                .map(Answer::status)
                .orElse(0);
    }

    private static Preconditions preconditions(String ifMatch, String ifNoneMatch) {
        return new Preconditions(header(ifMatch), header(ifNoneMatch));
    }

    private static Optional<String> header(String text) {
        return Optional.of(text).filter(header -> !header.isEmpty());
    }

    private static String tag(Optional<Digest> digest) {
        return "\"" + digest.orElseThrow() + "\"";
    }

    private static Digest digest(String text) {
        return Algorithm.SHA256.digestOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
