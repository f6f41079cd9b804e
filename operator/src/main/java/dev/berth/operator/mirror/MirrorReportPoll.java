package dev.berth.operator.mirror;

import dev.berth.operator.poll.Question;
import dev.berth.operator.registry.ManagementPort;
import dev.berth.operator.registry.ServerAddress;
import dev.berth.protocol.status.MirrorReport.Sync;
import dev.berth.v1alpha1.ImageMirror;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Asks the server of a mirror how the mirror is; the pause is also how often the progress of a long copying is published. */
record MirrorReportPoll(Function<ImageMirror, Optional<Pod>> podOf, ManagementPort port)
        implements Question<MirrorAnswer, ImageMirror> {

    static final String NAME = "mirrorreport";

    private static final Duration SETTLED = Duration.ofSeconds(15);
    private static final Duration COPYING = Duration.ofSeconds(5);
    private static final Duration UNTIL_IT_ANSWERS = Duration.ofSeconds(2);

    @Override
    public Optional<MirrorAnswer> ask(ImageMirror mirror) {
        if (mirror.getSpec() == null) {
            return Optional.empty();
        }
        var name = MirrorEntry.nameOf(mirror);
        return podOf.apply(mirror)
                .flatMap(ServerAddress::of)
                .flatMap(port::status)
                .map(server -> MirrorAnswer.of(name, server));
    }

    @Override
    public Duration pause(Optional<MirrorAnswer> last) {
        return last.flatMap(MirrorAnswer::report)
                .map(report -> report.sync().filter(Sync::running).isPresent() ? COPYING : SETTLED)
                .orElse(UNTIL_IT_ANSWERS);
    }
}
