package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.polling.PerResourcePollingConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.event.source.polling.PerResourcePollingEventSource;
import io.javaoperatorsdk.operator.processing.event.source.polling.PerResourcePollingEventSource.ResourceFetcher;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks each server every so often how much it holds. Off the reconciler's threads: a server that doesn't answer delays
 * nothing, and one whose figures are what they were wakes nobody.
 */
public final class ServerStatusPoll {

    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final Duration PERIOD_UNTIL_IT_ANSWERS = Duration.ofSeconds(5);

    private final ManagementPort port;

    public ServerStatusPoll(ManagementPort port) {
        this.port = port;
    }

    EventSource<ServerStatus, Registry> eventSource(
            EventSourceContext<Registry> context, Function<Registry, Optional<Pod>> podOf) {
        var configuration = new PerResourcePollingConfigurationBuilder<ServerStatus, Registry, String>(
                        new Ask(podOf, port), PERIOD)
                .withName("serverstatus")
                .withResourceIDMapper(status -> "status")
                .build();
        return new PerResourcePollingEventSource<>(ServerStatus.class, context, configuration);
    }

    private record Ask(Function<Registry, Optional<Pod>> podOf, ManagementPort port)
            implements ResourceFetcher<ServerStatus, Registry> {

        @Override
        public Set<ServerStatus> fetchResources(Registry registry) {
            return podOf.apply(registry)
                    .flatMap(ServerAddress::of)
                    .flatMap(address -> port.status(address, ServerStatus.class))
                    .map(Set::of)
                    .orElseGet(Set::of);
        }

        @Override
        public Optional<Duration> fetchDelay(Set<ServerStatus> last, Registry registry) {
            return last == null || last.isEmpty() ? Optional.of(PERIOD_UNTIL_IT_ANSWERS) : Optional.empty();
        }
    }
}
