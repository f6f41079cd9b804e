package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.content.DiskFull;
import dev.berth.registry.content.QuotaReached;
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
    void a_quota_that_is_used_up_is_answered_507_with_what_to_do() {
        var answer = failures.answer(new QuotaReached("the registry may store 1 GiB and stores 1 GiB"))
                .orElseThrow();

        assertThat(answer.status()).isEqualTo(507);
        assertThat(failures.isLogged(new QuotaReached("full")))
                .as("each push of a client that tries again")
                .isFalse();
    }

    @Test
    void other_failures_are_left_to_the_engine() {
        assertThat(failures.answer(new IllegalStateException("a bug"))).isEmpty();
    }
}
