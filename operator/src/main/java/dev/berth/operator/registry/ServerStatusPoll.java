package dev.berth.operator.registry;

import dev.berth.operator.poll.Question;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Asks each registry's server how much it holds. */
record ServerStatusPoll(Function<Registry, Optional<Pod>> podOf, ManagementPort port)
        implements Question<ServerStatus, Registry> {

    static final String NAME = "serverstatus";

    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final Duration PERIOD_UNTIL_IT_ANSWERS = Duration.ofSeconds(5);

    @Override
    public Optional<ServerStatus> ask(Registry registry) {
        return podOf.apply(registry)
                .flatMap(ServerAddress::of)
                .flatMap(port::status)
                .flatMap(ServerStatus::of);
    }

    @Override
    public Duration pause(Optional<ServerStatus> last) {
        return last.isPresent() ? PERIOD : PERIOD_UNTIL_IT_ANSWERS;
    }
}
