package dev.berth.operator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What has passed once is not checked again. */
final class KnownTextsTest {
    private final KnownTexts known = new KnownTexts();
    private final AtomicInteger checks = new AtomicInteger();

    private boolean passes() {
        return checks.incrementAndGet() > 0;
    }

    @Test
    void a_text_that_passed_is_checked_once_and_another_one_by_itself() {
        assertThat(known.test("one", this::passes)).isTrue();
        assertThat(known.test("one", this::passes)).isTrue();
        assertThat(checks).hasValue(1);
        assertThat(known.test("two", () -> false)).isFalse();
    }

    @Test
    void a_text_that_failed_is_checked_again() {
        assertThat(known.test("one", () -> false)).isFalse();
        assertThat(known.test("one", this::passes)).isTrue();
    }

    @Test
    void it_forgets_rather_than_grow_without_end() {
        IntStream.rangeClosed(0, KnownTexts.MOST).forEach(number -> known.test("text " + number, this::passes));
        assertThat(known.test("text 0", this::passes)).isTrue();
        assertThat(checks).as("with text 0 twice").hasValue(KnownTexts.MOST + 2);
    }
}
