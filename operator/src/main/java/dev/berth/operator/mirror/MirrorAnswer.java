package dev.berth.operator.mirror;

import dev.berth.operator.poll.ManagementPort;
import dev.berth.operator.poll.PodAddress;
import dev.berth.operator.poll.Question;
import dev.berth.protocol.status.MirrorReport;
import dev.berth.protocol.status.MirrorReport.Sync;
import dev.berth.protocol.status.ServerReport;
import dev.berth.v1alpha1.ImageMirror;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answer of a server to the question how a mirror is.
 *
 * @param report empty if the server does not know the mirror
 */
record MirrorAnswer(String mirror, Optional<MirrorReport> report) {
    /** Takes the report on one mirror out of the report of a server. Parts that change all the time are left out. */
    static MirrorAnswer of(String mirror, ServerReport server) {
        return new MirrorAnswer(mirror, server.mirror(mirror).map(MirrorReport::atRest));
    }

    /** Asks the servers. The progress of a copying is published as often as it is asked for. */
    record Poll(Function<ImageMirror, Optional<Pod>> podOf, ManagementPort<ServerReport> port)
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
                    .flatMap(PodAddress::of)
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
}
