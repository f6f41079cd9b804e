package dev.berth.registry.fault;

import dev.berth.registry.reference.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** What the server has acknowledged, how often it was asked, and where it was wrong. For any thread. */
final class Ledger {
    /** An image as it was pushed; its manifest can be found by its tag. */
    record Image(String repository, String tag, Digest manifest, List<Digest> blobs) {}

    private static final int MOST_WRONGS = 20;

    private final List<Image> images = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> wrongs = new ConcurrentLinkedQueue<>();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();

    void asked() {
        operations.incrementAndGet();
    }

    /** A refusal that may be: where the disk is full, say. */
    void refused() {
        refused.incrementAndGet();
    }

    long refusals() {
        return refused.get();
    }

    void wrong(String what) {
        if (wrongs.size() < MOST_WRONGS) {
            wrongs.add(what);
        }
    }

    synchronized void acknowledge(Image image) {
        images.add(image);
        acknowledged.incrementAndGet();
    }

    synchronized Optional<Image> any(RandomGenerator random) {
        return images.isEmpty() ? Optional.empty() : Optional.of(images.get(random.nextInt(images.size())));
    }

    /** Takes an image out before it is deleted: from then on it may be there or not. */
    synchronized Optional<Image> withdrawAny(RandomGenerator random) {
        if (images.isEmpty()) {
            return Optional.empty();
        }
        deleted.incrementAndGet();
        return Optional.of(images.remove(random.nextInt(images.size())));
    }

    synchronized boolean promises(Image image) {
        return images.contains(image);
    }

    synchronized List<Image> all() {
        return List.copyOf(images);
    }

    List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    long operations() {
        return operations.get();
    }

    @Override
    public String toString() {
        return "%,d requests, %,d images acknowledged, %,d refused, %,d deleted, %,d there at the end, %d wrong"
                .formatted(
                        operations.get(),
                        acknowledged.get(),
                        refused.get(),
                        deleted.get(),
                        all().size(),
                        wrongs.size());
    }
}
