package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LargeAnswersTest {
    private static final int MIB = 1024 * 1024;

    private final LargeAnswers answers = new LargeAnswers(2 * MIB);

    @Test
    void there_is_room_again_once_one_is_released() {
        var first = answers.admitted(ofBytes(MIB));
        answers.admitted(ofBytes(MIB));
        assertThat(answers.admitted(ofBytes(MIB)).status()).isEqualTo(429);
        answers.released(first);
        assertThat(answers.admitted(ofBytes(MIB)).status()).isEqualTo(200);
    }

    @Test
    void one_that_is_larger_than_the_room_is_admitted_alone() {
        var first = answers.admitted(ofBytes(3 * MIB));
        assertThat(first.status()).isEqualTo(200);
        assertThat(answers.admitted(ofBytes(3 * MIB)).status()).isEqualTo(429);
        answers.released(first);
        assertThat(answers.admitted(ofBytes(3 * MIB)).status()).isEqualTo(200);
    }

    @Test
    void small_ones_are_not_counted() {
        answers.admitted(ofBytes(3 * MIB));
        for (var i = 0; i < 1_000; i++) {
            assertThat(answers.admitted(ofBytes(64 * 1024)).status()).isEqualTo(200);
        }
    }

    @Test
    void a_refusal_says_when_to_come_again() {
        answers.admitted(ofBytes(3 * MIB));
        assertThat(answers.admitted(ofBytes(MIB)).headers()).contains(new Answer.Header("Retry-After", "1"));
    }

    private static Answer ofBytes(int length) {
        return Answer.status(200).with(new Body.Bytes("text/plain", new byte[length]));
    }
}
