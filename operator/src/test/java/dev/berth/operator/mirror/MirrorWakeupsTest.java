package dev.berth.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.ImageMirror;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which mirrors are woken by what the controller of Registries sees. */
final class MirrorWakeupsTest {
    private static final ResourceID HUB = new ResourceID("hub", "team-a");
    private static final ResourceID QUAY = new ResourceID("quay", "team-a");
    private static final ResourceID OTHER = new ResourceID("hub", "team-b");

    private final MirrorWakeups wakeups = new MirrorWakeups();
    private final List<ResourceID> woken = new ArrayList<>();

    @BeforeEach
    void start() {
        wakeups.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID()));
        wakeups.start();
    }

    @AfterEach
    void stop() {
        wakeups.stop();
    }

    @Test
    void a_changed_object_wakes_the_mirrors_of_its_namespace() {
        wakeups.of(new Known(List.of(HUB, QUAY, OTHER))).referencedObjectChanged("team-a");
        assertThat(woken).containsExactly(HUB, QUAY);
    }

    @Test
    void nodes_wake_mirrors_by_namespace_and_name() {
        wakeups.of(new Known(List.of(HUB, QUAY, OTHER))).nodesChanged("team-b/hub"::equals);
        assertThat(woken).containsExactly(OTHER);
    }

    @Test
    void before_the_controller_of_mirrors_has_a_cache_nothing_is_woken() {
        wakeups.nodesChanged(name -> true);
        assertThat(woken).isEmpty();
    }

    /** A cache that knows the names of mirrors; the mirrors themselves must not be read. */
    private record Known(List<ResourceID> mirrors) implements Cache<ImageMirror> {
        @Override
        public Optional<ImageMirror> get(ResourceID id) {
            throw new AssertionError("only names are needed");
        }

        @Override
        public Stream<ResourceID> keys() {
            return mirrors.stream();
        }

        @Override
        public Stream<ImageMirror> list(Predicate<ImageMirror> predicate) {
            throw new AssertionError("only names are needed");
        }
    }
}
