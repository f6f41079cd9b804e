package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamClient;

/** A registry that is mirrored, while the server runs: its settings, and what it has learnt of it. For any thread. */
public final class Mirror {
    private final MirrorSettings settings;
    private final UpstreamClient client;
    private final NegativeCache refused;
    private final MirrorCounts counts = new MirrorCounts();
    private final RecentFailures failures = new RecentFailures();

    Mirror(MirrorSettings settings, UpstreamClient client, NegativeCache refused) {
        this.settings = settings;
        this.client = client;
        this.refused = refused;
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
