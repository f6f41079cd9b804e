package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;

/** The tables of blobs, manifests and subjects that manifests name. */
public final class LinkTables {
    /** The number of parameters of a statement is limited. */
    private static final int LARGEST_GROUP = 500;

    private LinkTables() {}

    public static MissingLinks missing(Handle handle, RepositoryName repository, ManifestLinks links) {
        return new MissingLinks(
                missing(handle, repository, links.blobs(), "repository_blobs"),
                missing(handle, repository, links.manifests(), "manifests"));
    }

    public static void insert(Handle handle, long repositoryId, Digest manifest, ManifestLinks links) {
        var blobs = new HashSet<Digest>(links.blobs());
        blobs.addAll(links.optionalBlobs());
        insert(handle, repositoryId, manifest, blobs, """
                insert into manifest_blobs (repository_id, manifest, blob)
                values (:repository, :manifest, :digest) on conflict do nothing""");
        insert(handle, repositoryId, manifest, links.manifests(), """
                insert into manifest_children (repository_id, manifest, child)
                values (:repository, :manifest, :digest) on conflict do nothing""");
        links.subject().ifPresent(subject -> Referrers.insert(handle, repositoryId, manifest, subject));
    }

    /** The digests that a repository lacks; both tables have the columns `repository_id` and `digest`. */
    private static List<Digest> missing(Handle handle, RepositoryName repository, Set<Digest> wanted, String table) {
        var found = new HashSet<Digest>();
        for (var some : inGroups(wanted)) {
            handle.createQuery("select digest from <table> where digest in (<digests>) and repository_id ="
                            + " (select id from repositories where name = :repository)")
                    .define("table", table)
                    .bindList("digests", some)
                    .bind("repository", repository)
                    .mapTo(Digest.class)
                    .forEach(found::add);
        }
        return wanted.stream()
                .filter(digest -> !found.contains(digest))
                .sorted()
                .toList();
    }

    private static List<List<Digest>> inGroups(Set<Digest> digests) {
        return digests.stream().gather(Gatherers.windowFixed(LARGEST_GROUP)).toList();
    }

    private static void insert(
            Handle handle, long repositoryId, Digest manifest, Collection<Digest> digests, String sql) {
        if (digests.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch(sql);
        for (var digest : digests) {
            batch.bind("repository", repositoryId)
                    .bind("manifest", manifest)
                    .bind("digest", digest)
                    .add();
        }
        batch.execute();
    }
}
