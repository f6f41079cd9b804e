package dev.berth.registry.catalog;

import dev.berth.registry.metadata.AdoptedManifest;
import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.metadata.Adoptions;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.Stores;
import java.util.List;

/** Stores manifests and tags of another registry, many in one transaction. */
public final class AdoptManifests {
    private final Adoptions adoptions;
    private final Adoptions.Owner owner;

    private AdoptManifests(Adoptions adoptions, Adoptions.Owner owner) {
        this.adoptions = adoptions;
        this.owner = owner;
    }

    /** In the name of a person. Tags that are already here stay where they are. */
    public static AdoptManifests of(Stores stores) {
        return new AdoptManifests(stores.metadata().adoptions(), Adoptions.Owner.PERSON);
    }

    /** In the name of a person. Tags that are already here move. */
    public static AdoptManifests overwriting(Stores stores) {
        return new AdoptManifests(stores.metadata().adoptions(), Adoptions.Owner.OVERWRITING_PERSON);
    }

    /** In the name of a mirror. Its tags move; tags that people have set here stay where they are. */
    public static AdoptManifests asMirror(Stores stores) {
        return new AdoptManifests(stores.metadata().adoptions(), Adoptions.Owner.MIRROR);
    }

    /** Stores manifests; what they name may be missing. Returns how many of them were not here. */
    public int store(RepositoryName repository, List<AdoptedManifest> adopted) {
        return adoptions.manifests(repository, adopted, owner);
    }

    /** Sets tags on manifests that are here. Returns the tags that stay on another manifest. */
    public List<Tag> tag(RepositoryName repository, List<AdoptedTag> adopted) {
        return adoptions.tags(repository, adopted, owner);
    }
}
