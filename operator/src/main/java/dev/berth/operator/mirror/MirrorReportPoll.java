package dev.berth.operator.mirror;

import dev.berth.operator.mirror.MirrorReport.Page;
import dev.berth.operator.registry.ManagementPort;
import dev.berth.operator.registry.ServerAddress;
import dev.berth.v1alpha1.ImageMirror;
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

/** Asks the servers every so often how their mirrors are, and more often while something is under way. */
final class MirrorReportPoll {

    private static final Duration SETTLED = Duration.ofSeconds(15);
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);

    private final ManagementPort port;

    MirrorReportPoll(ManagementPort port) {
        this.port = port;
    }

    EventSource<MirrorAnswer, ImageMirror> eventSource(
            EventSourceContext<ImageMirror> context, Function<ImageMirror, Optional<Pod>> podOf) {
        var configuration = new PerResourcePollingConfigurationBuilder<MirrorAnswer, ImageMirror, String>(
                        new Ask(podOf, port), SETTLED)
                .withName("mirrorreport")
                .withResourceIDMapper(MirrorAnswer::mirror)
                .build();
        return new PerResourcePollingEventSource<>(MirrorAnswer.class, context, configuration);
    }

    private record Ask(Function<ImageMirror, Optional<Pod>> podOf, ManagementPort port)
            implements ResourceFetcher<MirrorAnswer, ImageMirror> {

        @Override
        public Set<MirrorAnswer> fetchResources(ImageMirror mirror) {
            var name = MirrorEntry.nameOf(mirror);
            return podOf.apply(mirror)
                    .flatMap(ServerAddress::of)
                    .flatMap(address -> port.status(address, Page.class))
                    .map(page -> Set.of(new MirrorAnswer(name, page.about(name))))
                    .orElseGet(Set::of);
        }

        @Override
        public Optional<Duration> fetchDelay(Set<MirrorAnswer> last, ImageMirror mirror) {
            var settled = last != null
                    && last.stream()
                            .flatMap(answer -> answer.report().stream())
                            .anyMatch(report ->
                                    report.sync() == null || !report.sync().running());
            return settled ? Optional.empty() : Optional.of(UNDER_WAY);
        }
    }
}
