package dev.berth.operator.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An agent that was asked, and when it is asked again. If it does not answer for less than a minute, for example
 * because its Pod is being replaced, its last report still counts: the node keeps its files.
 *
 * @param at when it was asked last
 * @param heard when it answered last
 * @param silences how many times in a row it did not answer
 */
record AskedAgent(AgentReport report, Optional<String> address, Instant at, Instant heard, int silences) {
    static final Duration WHEN_SETTLED = Duration.ofSeconds(15);
    private static final Duration WHILE_BEHIND = Duration.ofSeconds(1);
    private static final Duration COUNTS_AS_IT_WAS = Duration.ofMinutes(1);

    /** The state after a question. */
    static AskedAgent now(Optional<AskedAgent> before, AgentReport report, AgentPod pod, Instant now) {
        if (report.status().isPresent()) {
            return new AskedAgent(report, pod.address(), now, now, 0);
        }
        return new AskedAgent(
                before.filter(agent -> !agent.forgotten(now))
                        .map(AskedAgent::report)
                        .orElse(report),
                pod.address(),
                now,
                before.map(AskedAgent::heard).orElse(Instant.EPOCH),
                before.map(AskedAgent::silences).orElse(0) + 1);
    }

    boolean silent() {
        return silences > 0;
    }

    /**
     * When to ask the agent again.
     *
     * @param hurried whether a change is being rolled out to it
     */
    Instant next(boolean hurried) {
        if (silent()) {
            var backOff = WHILE_BEHIND.multipliedBy(1L << Math.min(silences - 1, 4));
            return at.plus(backOff.compareTo(WHEN_SETTLED) < 0 ? backOff : WHEN_SETTLED);
        }
        return at.plus(hurried ? WHILE_BEHIND : WHEN_SETTLED);
    }

    /** Whether the last answer is so old that it no longer counts. */
    boolean forgotten(Instant now) {
        return !now.isBefore(heard.plus(COUNTS_AS_IT_WAS));
    }
}
