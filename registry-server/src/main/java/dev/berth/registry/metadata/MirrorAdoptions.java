package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a mirror elsewhere has brought and somebody carried here: taken over as if a mirror here had brought it. */
public final class MirrorAdoptions {

    private final Database database;
    private final Clock clock;
    private final ManifestCache cache;

    MirrorAdoptions(Database database, Clock clock, ManifestCache cache) {
        this.database = database;
        this.clock = clock;
        this.cache = cache;
    }

    /**
     * Stores manifests in one step. What they name may be missing.
     *
     * @return how many were not here
     */
    public int manifests(RepositoryName repository, List<AdoptedManifest> adopted) {
        int count = database.commit(handle -> {
            long id = Repositories.claim(handle, repository);
            int fresh = 0;
            for (AdoptedManifest one : adopted) {
                Digest digest = one.manifest().digest();
                if (Manifests.at(handle, repository, digest).isEmpty()) {
                    Manifests.insert(handle, id, one.manifest(), one.pushed());
                    LinkTables.insert(handle, id, digest, one.links());
                    MirroredRows.addManifest(handle, id, digest);
                    UnreferencedManifests.add(handle, id, digest);
                    fresh++;
                }
            }
            return fresh;
        });
        adopted.forEach(one -> cache.forget(repository, one.manifest().digest()));
        return count;
    }

    /**
     * Moves tags to manifests that are stored, in one step; those that people have set stay where they are.
     *
     * @return people's tags that stand on another manifest
     */
    public List<Tag> tags(RepositoryName repository, List<AdoptedTag> adopted) {
        Instant now = clock.instant();
        List<Tag> kept = database.commit(handle -> {
            long id = Repositories.claim(handle, repository);
            List<Tag> elsewhere = new ArrayList<>();
            for (AdoptedTag one : adopted) {
                Optional<Digest> persons = MirroredRows.personsTag(handle, id, one.tag());
                if (persons.isEmpty()) {
                    move(handle, id, one, now);
                } else if (!persons.get().equals(one.digest())) {
                    elsewhere.add(one.tag());
                }
            }
            return elsewhere;
        });
        cache.forget(repository, adopted.stream().map(AdoptedTag::tag).collect(Collectors.toSet()));
        return kept;
    }

    private static void move(Handle handle, long repositoryId, AdoptedTag tag, Instant now) {
        Tags.move(handle, repositoryId, Set.of(tag.tag()), tag.digest(), tag.moved());
        MirroredRows.put(handle, repositoryId, tag.tag(), Optional.empty(), now);
    }
}
