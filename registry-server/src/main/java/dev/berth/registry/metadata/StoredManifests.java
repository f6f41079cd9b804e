package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** All manifests of all repositories, one after the other, past every cache; for a scrub. */
public final class StoredManifests {

    private final Database database;

    StoredManifests(Database database) {
        this.database = database;
    }

    /** In an order of no meaning. */
    public List<StoredManifest> all(Optional<StoredManifest> after, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select m.repository_id, r.name, m.digest from manifests m
                        join repositories r on r.id = m.repository_id
                        where (m.repository_id, m.digest) > (:repository, :digest)
                        order by m.repository_id, m.digest limit :limit""")
                .bind("repository", after.map(StoredManifest::repositoryId).orElse(Long.MIN_VALUE))
                .bind(
                        "digest",
                        after.map(manifest -> manifest.digest().toString()).orElse(""))
                .bind("limit", limit)
                .map((row, context) -> new StoredManifest(
                        row.getLong("repository_id"),
                        new RepositoryName(row.getString("name")),
                        Digest.parse(row.getString("digest"))))
                .list());
    }

    /** As it is in its row; empty when it has gone meanwhile. */
    public Optional<Manifest> read(StoredManifest manifest) {
        return database.read(handle -> handle.createQuery("""
                        select media_type, bytes from manifests
                        where repository_id = :repository and digest = :digest""")
                .bind("repository", manifest.repositoryId())
                .bind("digest", manifest.digest().toString())
                .map((row, context) ->
                        new Manifest(row.getString("media_type"), manifest.digest(), row.getBytes("bytes")))
                .findOne());
    }

    /** What its repository lacks of what a manifest names; of what mirrors bring, the rest may come when it is asked for. */
    public MissingLinks missing(StoredManifest manifest, ManifestLinks links) {
        return database.read(handle -> MirroredRows.has(handle, manifest)
                ? MissingLinks.NONE
                : LinkTables.missing(handle, manifest.repository(), links));
    }

    /** Whether collection knows all that a manifest names: by these tables it decides what may go. */
    public boolean isIndexed(StoredManifest manifest, ManifestLinks links) {
        return database.read(
                handle -> named(handle, manifest, "blob", "manifest_blobs").containsAll(links.blobs())
                        && named(handle, manifest, "child", "manifest_children").containsAll(links.manifests()));
    }

    private static Set<Digest> named(Handle handle, StoredManifest manifest, String column, String table) {
        return handle
                .createQuery("select <column> from <table> where repository_id = :repository and manifest = :manifest")
                .define("column", column)
                .define("table", table)
                .bind("repository", manifest.repositoryId())
                .bind("manifest", manifest.digest().toString())
                .mapTo(String.class)
                .list()
                .stream()
                .map(Digest::parse)
                .collect(Collectors.toSet());
    }
}
