package dev.berth.registry.metadata.manifest;

import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.repository.MirroredRows;
import dev.berth.registry.metadata.repository.RepositoryDigest;
import dev.berth.registry.reference.Digest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads the manifests of all repositories without caches; for a check. */
public final class StoredManifests {
    private final Database database;

    public StoredManifests(Database database) {
        this.database = database;
    }

    /** Manifests after `after`, in an order that has no meaning. */
    public List<RepositoryDigest> all(Optional<RepositoryDigest> after, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select m.repository_id, r.name, m.digest from manifests m
                        join repositories r on r.id = m.repository_id
                        where (m.repository_id, m.digest) > (:repository, :digest)
                        order by m.repository_id, m.digest limit :limit""")
                .bind("repository", after.map(RepositoryDigest::repositoryId).orElse(Long.MIN_VALUE))
                .bind(
                        "digest",
                        after.map(manifest -> manifest.digest().toString()).orElse(""))
                .bind("limit", limit)
                .map(RepositoryDigest::of)
                .list());
    }

    /** A manifest as it is stored; empty if it was deleted meanwhile. */
    public Optional<Manifest> read(RepositoryDigest manifest) {
        return database.read(handle -> handle.createQuery("""
                        select media_type, bytes from manifests
                        where repository_id = :repository and digest = :digest""")
                .bind("repository", manifest.repositoryId())
                .bind("digest", manifest.digest())
                .map((row, context) ->
                        new Manifest(row.getString("media_type"), manifest.digest(), row.getBytes("bytes")))
                .findOne());
    }

    /** What a manifest names and its repository lacks. Nothing counts as missing for a manifest of a mirror, which fetches the rest on request. */
    public MissingLinks missing(RepositoryDigest manifest, ManifestLinks links) {
        return database.read(handle -> MirroredRows.has(handle, manifest)
                ? MissingLinks.NONE
                : LinkTables.missing(handle, manifest.repository(), links));
    }

    /** Whether the tables that collection relies on have everything that a manifest names. */
    public boolean isIndexed(RepositoryDigest manifest, ManifestLinks links) {
        return database.read(
                handle -> named(handle, manifest, "blob", "manifest_blobs").containsAll(links.blobs())
                        && named(handle, manifest, "child", "manifest_children").containsAll(links.manifests()));
    }

    private static Set<Digest> named(Handle handle, RepositoryDigest manifest, String column, String table) {
        return handle.createQuery(
                        "select <column> from <table> where repository_id = :repository and manifest = :manifest")
                .define("column", column)
                .define("table", table)
                .bind("repository", manifest.repositoryId())
                .bind("manifest", manifest.digest())
                .mapTo(Digest.class)
                .collect(Collectors.toSet());
    }
}
