package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.limits.MirrorQuota;
import java.util.Optional;

/** A registry that is mirrored, while the server runs: its settings, and what it has learnt of it. For any thread. */
public final class Mirror {
    private final MirrorSettings settings;
    private final UpstreamClient client;
    private final Learnt learnt;

    /** What it has learnt, which outlives a change of its settings. */
    private record Learnt(NegativeCache refused, MirrorQuota quota, MirrorCounts counts, RecentFailures failures) {}

    Mirror(MirrorSettings settings, UpstreamClient client, NegativeCache refused, MirrorQuota quota) {
        this(settings, client, new Learnt(refused, quota, new MirrorCounts(), new RecentFailures()));
    }

    private Mirror(MirrorSettings settings, UpstreamClient client, Learnt learnt) {
        this.settings = settings;
        this.client = client;
        this.learnt = learnt;
        learnt.quota().limit(settings.name(), settings.limits().mostBytes());
    }

    /** This one by other settings; empty if they mean another upstream, or another way to it. */
    Optional<Mirror> with(MirrorSettings other) {
        if (other.equals(settings)) {
            return Optional.of(this);
        }
        return other.client().equals(settings.client())
                ? Optional.of(new Mirror(other, client, learnt))
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
        return learnt.counts();
    }

    public RecentFailures failures() {
        return learnt.failures();
    }

    /** What it said no to just now. */
    NegativeCache refused() {
        return learnt.refused();
    }

    /** How much it keeps, and how much it may keep. */
    public MirrorQuota quota() {
        return learnt.quota();
    }
}
