package dev.berth.operator.poll;

import dev.berth.operator.fence.Fence;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Asks a question about each custom resource from time to time, and wakes a resource when the answer has changed.
 * Reconciliations never wait for an answer. A server that answers slowly or not at all delays at most the others of
 * its namespace.
 *
 * @param <R> the answer
 * @param <P> the custom resource
 */
public final class StatusPoll<R, P extends HasMetadata> extends AbstractEventSource<R, P>
        implements ResourceEventAware<P> {
    /** With many resources the pauses become longer, so that the operator never asks more often than this. */
    private static final int ASKED_PER_SECOND = 50;

    private final Cache<P> primaries;
    private final Question<R, P> question;
    private final Fence fence;
    private final AskingSlots slots = new AskingSlots();
    private final Map<ResourceID, Optional<R>> answers = new ConcurrentHashMap<>();
    private final Set<ResourceID> asked = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * A poll that begins with the start of the operator.
     *
     * @param name of this event source, and of the place in the metric of faults
     */
    public StatusPoll(Class<R> type, String name, Cache<P> primaries, Question<R, P> question, Fence fence) {
        super(type, name);
        this.primaries = primaries;
        this.question = question;
        this.fence = fence;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public void start() {
        super.start();
        primaries.keys().forEach(this::begin);
    }

    @Override
    public void stop() {
        super.stop();
        timer.shutdownNow();
        threads.shutdownNow();
    }

    @Override
    public void onResourceCreated(P resource) {
        begin(ResourceID.fromResource(resource));
    }

    @Override
    public void onResourceDeleted(P resource) {
        var id = ResourceID.fromResource(resource);
        asked.remove(id);
        answers.remove(id);
    }

    /** The last answer; empty before the first. */
    @Override
    public Set<R> getSecondaryResources(P primary) {
        return answers.getOrDefault(ResourceID.fromResource(primary), Optional.empty()).stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    private void begin(ResourceID id) {
        if (isRunning() && asked.add(id)) {
            later(id, Duration.ZERO);
        }
    }

    private void later(ResourceID id, Duration pause) {
        if (isRunning()) {
            var _ = timer.schedule(() -> threads.execute(() -> askInTurn(id)), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void askInTurn(ResourceID id) {
        try {
            slots.use(id.getNamespace().orElse(""), () -> ask(id));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(ResourceID id) {
        var primary = primaries.get(id);
        if (primary.isEmpty() || !asked.contains(id)) {
            asked.remove(id);
            return;
        }
        var answer = fence.get(name(), id, () -> question.ask(primary.get()), Optional.<R>empty());
        var before = answers.put(id, answer);
        if (!answer.equals(before == null ? Optional.empty() : before)) {
            getEventHandler().handleEvent(new Event(id));
        }
        later(id, longer(question.pause(answer)));
    }

    private Duration longer(Duration pause) {
        var round = Duration.ofSeconds(asked.size() / ASKED_PER_SECOND);
        return pause.compareTo(round) < 0 ? round : pause;
    }
}
