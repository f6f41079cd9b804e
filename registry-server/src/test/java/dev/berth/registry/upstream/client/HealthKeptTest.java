package dev.berth.registry.upstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class HealthKeptTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(HealthKept.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final StoppedClock clock = new StoppedClock();
    private final HealthKept health = new HealthKept("docker.io", clock);

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(lines);
    }

    @Test
    void a_change_is_said_once_and_one_that_flaps_every_half_minute_at_most() {
        answers();
        assertThat(lines.list).isEmpty();
        fails();
        fails();
        answers();
        fails();
        assertThat(lines.list)
                .extracting(ILoggingEvent::toString)
                .containsExactly(
                        "[WARN] The mirrored registry docker.io can't be used: it does not answer. Images that are"
                                + " stored are served; other pulls fail");
        clock.advance(Duration.ofSeconds(31));
        fails();
        answers();
        answers();
        assertThat(lines.list).hasSize(2).last().hasToString("[INFO] The mirrored registry docker.io answers again");
    }

    @Test
    void an_answer_that_says_no_is_no_change() {
        health.change(now -> now.failed(new UpstreamFailure.Refused("403"), clock.instant()));
        health.change(now -> now.failed(new UpstreamFailure.Missing("404"), clock.instant()));
        assertThat(lines.list).isEmpty();
    }

    private void fails() {
        health.change(now -> now.failed(new UpstreamFailure.Unreachable("it does not answer"), clock.instant()));
    }

    private void answers() {
        health.change(now -> now.answered(clock.instant()));
    }
}
