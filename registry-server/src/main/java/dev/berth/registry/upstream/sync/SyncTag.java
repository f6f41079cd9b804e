package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.mirror.MirrorChoice;

/** Brings one tag up to date. For any thread. */
final class SyncTag {
    private final MirrorChoice choice;
    private final UpstreamClient client;
    private final CopyImages images;

    SyncTag(MirrorChoice choice, UpstreamClient client, CopyImages images) {
        this.choice = choice;
        this.client = client;
        this.images = images;
    }

    /** Returns whether the upstream's tag names the same manifest as the tag here, so that nothing had to be copied. */
    boolean sync(SyncRepository repository, WantedTag wanted, TagState state) throws InterruptedException {
        var scope = new CopyImages.Scope(wanted.platforms(), choice.includeReferrers());
        return switch (state.first(choice.tagMovePolicy(), scope.toString())) {
            case LEAVE -> false;
            case ASK -> follow(repository, wanted, state, scope);
            case COPY_TAG -> {
                images.copy(repository, wanted.tag(), wanted.tag(), scope);
                yield false;
            }
            case COMPLETE -> {
                images.copy(repository, wanted.tag(), state.here().orElseThrow(), scope);
                yield false;
            }
        };
    }

    private boolean follow(SyncRepository repository, WantedTag wanted, TagState state, CopyImages.Scope scope)
            throws InterruptedException {
        var digest = wanted.digest().isPresent() ? wanted.digest().get() : head(repository, wanted.tag());
        if (!state.isAt(digest)) {
            images.copy(repository, wanted.tag(), digest, scope);
            return false;
        }
        if (scope.referrers()) {
            images.copyReferrers(repository, digest);
        }
        return true;
    }

    private Digest head(SyncRepository repository, Tag tag) throws InterruptedException {
        return client.head(repository.there(), tag).digest();
    }
}
