package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.content.DiskFull;
import dev.berth.registry.http.Answer;
import org.junit.jupiter.api.Test;

final class StorageFailuresTest {
    private final StorageFailures failures = new StorageFailures();

    @Test
    void a_full_volume_is_answered_507() {
        assertThat(failures.answer(new DiskFull("no space left")).map(Answer::status))
                .contains(507);
    }

    @Test
    void other_failures_are_left_to_the_engine() {
        assertThat(failures.answer(new IllegalStateException("a bug"))).isEmpty();
    }
}
