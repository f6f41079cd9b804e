package dev.berth.registry.catalog;

import dev.berth.registry.metadata.AdoptedManifest;
import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.Stores;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntBiFunction;

/** Takes over manifests and tags of another registry, many in one transaction. */
public final class AdoptManifests {

    private final ToIntBiFunction<RepositoryName, List<AdoptedManifest>> manifests;
    private final BiFunction<RepositoryName, List<AdoptedTag>, List<Tag>> tags;

    private AdoptManifests(
            ToIntBiFunction<RepositoryName, List<AdoptedManifest>> manifests,
            BiFunction<RepositoryName, List<AdoptedTag>, List<Tag>> tags) {
        this.manifests = manifests;
        this.tags = tags;
    }

    /** As a person's own, who may have moved tags here since: they stay. */
    public static AdoptManifests of(Stores stores) {
        return new AdoptManifests(
                stores.metadata().manifests()::adopt, stores.metadata().tags()::adopt);
    }

    /** As a mirror's: its tags move, but for those that people have set here. */
    public static AdoptManifests asMirror(Stores stores) {
        var mirrored = stores.metadata().mirrorAdoptions();
        return new AdoptManifests(mirrored::manifests, mirrored::tags);
    }

    /** Stores them; what they name may be missing. Says how many were not here. */
    public int store(RepositoryName repository, List<AdoptedManifest> adopted) {
        return manifests.applyAsInt(repository, adopted);
    }

    /** Sets tags on manifests that are here; says which stand on another manifest, and stay there. */
    public List<Tag> tag(RepositoryName repository, List<AdoptedTag> adopted) {
        return tags.apply(repository, adopted);
    }
}
