package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.limits.MirrorQuota;
import java.util.Optional;

/** A mirror of another registry while the server runs: its settings and what it knows of the registry. For any thread. */
public final class Mirror {
    private final MirrorSettings settings;
    private final UpstreamClient client;
    private final Learnt learnt;

    /** What the mirror knows of the registry. It outlives a change of the settings. */
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

    /** This mirror with other settings. Empty if they name another upstream or another way to reach it. */
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

    /** Requests for its images by result. */
    public MirrorCounts counts() {
        return learnt.counts();
    }

    public RecentFailures failures() {
        return learnt.failures();
    }

    /** What the upstream has refused within the last seconds. */
    public NegativeCache refused() {
        return learnt.refused();
    }

    /** How many bytes the mirror keeps, and how many it may keep. */
    public MirrorQuota quota() {
        return learnt.quota();
    }
}
