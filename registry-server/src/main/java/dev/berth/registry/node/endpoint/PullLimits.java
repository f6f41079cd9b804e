package dev.berth.registry.node.endpoint;

import java.time.Duration;

/**
 * How long the endpoint waits for a Registry, and how much it does at a time.
 *
 * @param connect the time until the Registry is connected, with TLS
 * @param head the time until the head of the answer has arrived, from the beginning. A server that mirrors an upstream answers within 1.5 s
 * @param stall the time within which {@link #leastBytes} of a body must arrive while the runtime reads
 * @param leastBytes fewer bytes than these within `stall` end a transfer
 * @param transfers the most requests under way at a time; further ones are answered at once
 */
record PullLimits(Duration connect, Duration head, Duration stall, int leastBytes, int transfers) {
    /** A pull is delayed by less than 2 s, whatever a Registry does. */
    static final PullLimits DEFAULT =
            new PullLimits(Duration.ofSeconds(1), Duration.ofMillis(1_700), Duration.ofMillis(1_200), 32 * 1024, 64);
}
