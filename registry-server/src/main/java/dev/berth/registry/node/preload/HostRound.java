package dev.berth.registry.node.preload;

import dev.berth.protocol.status.PreloadReport;
import dev.berth.registry.cri.CriClient;
import dev.berth.registry.cri.ImageOnNode;
import dev.berth.registry.cri.RegistryLogin;
import dev.berth.registry.reference.ByteSize;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of one host, looked at once. It takes a bounded time, whatever the registry does: what is left then waits for the next round, so that
 * a slow registry does not keep the images of others away.
 */
final class HostRound {
    private static final Logger LOG = LoggerFactory.getLogger(HostRound.class);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int AT_ONCE = 2;

    private final PreloadList list;
    private final List<String> images;
    private final Map<String, Optional<String>> results = new ConcurrentHashMap<>();
    private final AtomicLong arriving = new AtomicLong();
    private final Node node;
    private final Instant end;

    /** What all hosts share in a round. */
    record Node(CriClient runtime, List<ImageOnNode> present, DiskSpace disk, Failures failures, Clock clock) {}

    /** @param most how many images are looked at */
    HostRound(PreloadList list, int most, Node node) {
        this.list = list;
        this.images = list.preload().images().stream().limit(most).toList();
        this.node = node;
        this.end = node.clock().instant().plus(LONGEST);
    }

    List<String> images() {
        return images.stream().map(this::key).toList();
    }

    PreloadReport report() {
        var why = images.stream()
                .flatMap(image -> results.getOrDefault(image, Optional.empty()).stream())
                .findFirst();
        int failed = (int) results.values().stream().filter(Optional::isPresent).count();
        return new PreloadReport(
                list.host().name().text(),
                list.preload().images().size(),
                results.size() - failed,
                failed,
                why.or(this::leftOut));
    }

    /**
     * Asks the registry for each image, and pulls those that are missing.
     *
     * @param token with which the agent logs in
     * @param progress called after each image
     */
    void run(Optional<String> token, Runnable progress) throws InterruptedException {
        try (var questions = new RegistryQuestions(list.host(), token);
                var workers =
                        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            try {
                workers.invokeAll(images.stream()
                        .map(image -> Executors.callable(() -> {
                            results.put(image, bring(image, questions, token));
                            progress.run();
                        }))
                        .toList());
            } finally {
                workers.shutdownNow();
            }
        } catch (PreloadFailure e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** None of the images could be looked at. */
    void fail(String why) {
        images.forEach(image -> results.put(image, Optional.of(why)));
    }

    /** @return why the image is not on the node; empty if it is */
    private Optional<String> bring(String text, RegistryQuestions questions, Optional<String> token) {
        var held = node.failures().holdsBack(key(text));
        if (held.isPresent()) {
            return held;
        }
        try {
            bring(WantedImage.parse(list.host().name(), text), questions, token);
            node.failures().remove(key(text));
            return Optional.empty();
        } catch (InvalidReference | IOException e) {
            var why = String.valueOf(e.getMessage());
            node.failures().add(key(text), why);
            LOG.warn("{} is not here in advance: {}", key(text), why);
            return Optional.of(why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the agent was stopped");
        }
    }

    private void bring(WantedImage image, RegistryQuestions questions, Optional<String> token)
            throws IOException, InterruptedException {
        var digest = questions.digest(image);
        if (image.isIn(node.present(), digest)) {
            return;
        }
        var bytes = questions.compressedBytes(image, digest);
        try {
            var whyNot = node.disk()
                    .refuses(arriving.addAndGet(bytes), node.runtime().imageDisks());
            if (whyNot.isPresent()) {
                throw new PreloadFailure(image + " is not pulled: " + whyNot.get());
            }
            pull(image, digest, bytes, token);
        } finally {
            arriving.addAndGet(-bytes);
        }
    }

    private void pull(WantedImage image, Digest digest, long bytes, Optional<String> token)
            throws IOException, InterruptedException {
        var left = Duration.between(node.clock().instant(), end);
        if (left.isNegative()) {
            throw new PreloadFailure(image + " waits, since other images of "
                    + list.host().name() + " took " + LONGEST.toMinutes() + " minutes");
        }
        LOG.info("pulling {} ({}, {}) in advance", image, digest, ByteSize.text(bytes));
        node.runtime().pull(image.name(), token.map(secret -> new RegistryLogin(RegistryQuestions.USER, secret)), left);
        LOG.info("{} is here", image);
    }

    private String key(String image) {
        return list.host().name() + "/" + image;
    }

    private Optional<String> leftOut() {
        var missing = list.preload().images().size() - images.size();
        return missing == 0
                ? Optional.empty()
                : Optional.of(
                        missing + " of its images are left out: a node has at most " + Preloader.MOST + " in advance");
    }
}
