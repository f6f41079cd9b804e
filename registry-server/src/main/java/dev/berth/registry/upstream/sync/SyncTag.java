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

    /** Says whether the upstream has said that the tag stands where it does here, and nothing had to be copied. */
    boolean sync(SyncRepository repository, WantedTag wanted, TagState state) throws InterruptedException {
        var scope = new CopyScope(wanted.platforms(), choice.includeReferrers());
        return switch (state.first(choice.tagMovePolicy(), scope.toString())) {
            case LEAVE -> false;
            case ASK -> ask(repository, wanted, state, scope);
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

    private boolean ask(SyncRepository repository, WantedTag wanted, TagState state, CopyScope scope)
            throws InterruptedException {
        var stands = wanted.stands().isPresent() ? wanted.stands().get() : head(repository, wanted.tag());
        if (!state.standsAt(stands)) {
            images.copy(repository, wanted.tag(), stands, scope);
            return false;
        }
        if (scope.referrers()) {
            images.copyReferrers(repository, stands);
        }
        return true;
    }

    private Digest head(SyncRepository repository, Tag tag) throws InterruptedException {
        return client.head(repository.there(), tag).digest();
    }
}
