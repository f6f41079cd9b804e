package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamClient;
import java.util.Optional;

/** A registry that is mirrored, while the server runs: its settings, and what it has learnt of it. For any thread. */
public final class Mirror {
    private final MirrorSettings settings;
    private final UpstreamClient client;
    private final NegativeCache refused;
    private final MirrorCounts counts;
    private final RecentFailures failures;

    Mirror(MirrorSettings settings, UpstreamClient client, NegativeCache refused) {
        this(settings, client, refused, new MirrorCounts(), new RecentFailures());
    }

    private Mirror(
            MirrorSettings settings,
            UpstreamClient client,
            NegativeCache refused,
            MirrorCounts counts,
            RecentFailures failures) {
        this.settings = settings;
        this.client = client;
        this.refused = refused;
        this.counts = counts;
        this.failures = failures;
    }

    /** This one by other settings; empty if they mean another upstream, or another way to it. */
    Optional<Mirror> with(MirrorSettings other) {
        if (other.equals(settings)) {
            return Optional.of(this);
        }
        return other.client().equals(settings.client())
                ? Optional.of(new Mirror(other, client, refused, counts, failures))
                : Optional.empty();
    }

    public MirrorSettings settings() {
        return settings;
    }

    public UpstreamClient client() {
        return client;
    }

    /** What came of the requests for its images. */
    public MirrorCounts counts() {
        return counts;
    }

    public RecentFailures failures() {
        return failures;
    }

    /** What it said no to just now. */
    NegativeCache refused() {
        return refused;
    }
}
