package dev.berth.registry.metadata;

import dev.berth.registry.coordination.CacheKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.manifest.LinkTables;
import dev.berth.registry.metadata.manifest.Manifests;
import dev.berth.registry.metadata.manifest.Tags;
import dev.berth.registry.metadata.repository.MirroredRows;
import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.metadata.repository.UnreferencedManifests;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Stores manifests and tags that another registry has, many in one transaction. */
public final class Adoptions {
    /** In whose name something is adopted. */
    public enum Owner {
        /** Tags that are already here stay where they are: somebody may have moved them since. */
        PERSON,

        /** Tags that are already here move. */
        OVERWRITING_PERSON,

        /** As if a mirror here had brought it. Its tags move; tags that people have set stay where they are. */
        MIRROR
    }

    private final Database database;
    private final Coordination coordination;
    private final Clock clock;

    Adoptions(Database database, Coordination coordination, Clock clock) {
        this.database = database;
        this.coordination = coordination;
        this.clock = clock;
    }

    /**
     * Stores manifests. What they name may be missing, as it may be in the other registry: an index that has lost some of its children
     * still serves the others.
     *
     * @return how many of them were not here
     */
    public int manifests(RepositoryName repository, List<AdoptedManifest> adopted, Owner owner) {
        try {
            return database.commit(handle -> {
                long repositoryId = Repositories.claim(handle, repository);
                int inserted = 0;
                for (var one : adopted) {
                    if (Manifests.at(handle, repository, one.manifest().digest())
                            .isEmpty()) {
                        insert(handle, repositoryId, one, owner);
                        inserted++;
                    }
                }
                return inserted;
            });
        } finally {
            coordination.invalidate(adopted.stream()
                    .map(one ->
                            new CacheKey.ManifestKey(repository, one.manifest().digest()))
                    .toList());
        }
    }

    private static void insert(Handle handle, long repositoryId, AdoptedManifest adopted, Owner owner) {
        var digest = adopted.manifest().digest();
        Manifests.insert(handle, repositoryId, adopted.manifest(), adopted.pushed());
        LinkTables.insert(handle, repositoryId, digest, adopted.links());
        if (owner == Owner.MIRROR) {
            MirroredRows.addManifest(handle, repositoryId, digest);
        }
        UnreferencedManifests.add(handle, repositoryId, digest);
    }

    /**
     * Sets tags on manifests that are stored.
     *
     * @return the tags that stay on another manifest
     */
    public List<Tag> tags(RepositoryName repository, List<AdoptedTag> adopted, Owner owner) {
        try {
            var now = clock.instant();
            return database.commit(handle -> {
                long repositoryId = Repositories.claim(handle, repository);
                var elsewhere = new ArrayList<Tag>();
                for (var one : adopted) {
                    var kept = kept(handle, repositoryId, one.tag(), owner);
                    if (kept.isEmpty()) {
                        move(handle, repositoryId, one, owner, now);
                    } else if (!kept.get().equals(one.digest())) {
                        elsewhere.add(one.tag());
                    }
                }
                return elsewhere;
            });
        } finally {
            coordination.invalidate(CacheKey.tags(
                    repository, adopted.stream().map(AdoptedTag::tag).toList()));
        }
    }

    /** The manifest that a tag names and must go on naming. */
    private static Optional<Digest> kept(Handle handle, long repositoryId, Tag tag, Owner owner) {
        return switch (owner) {
            case PERSON -> Tags.at(handle, repositoryId, tag);
            case OVERWRITING_PERSON -> Optional.empty();
            case MIRROR -> MirroredRows.personsTag(handle, repositoryId, tag);
        };
    }

    private static void move(Handle handle, long repositoryId, AdoptedTag tag, Owner owner, Instant now) {
        Tags.move(handle, repositoryId, Set.of(tag.tag()), tag.digest(), tag.moved());
        if (owner == Owner.MIRROR) {
            MirroredRows.put(handle, repositoryId, tag.tag(), Optional.empty(), now);
        } else if (owner == Owner.OVERWRITING_PERSON) {
            MirroredRows.release(handle, repositoryId, tag.digest(), Set.of(tag.tag()));
        }
    }
}
