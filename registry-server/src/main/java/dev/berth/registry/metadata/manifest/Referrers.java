package dev.berth.registry.metadata.manifest;

import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The referrers of manifests (distribution-spec, "Listing Referrers"). An unknown subject or repository has none. */
public final class Referrers {
    private static final String OF_SUBJECT = """
            select m.media_type, f.digest, m.size_bytes, f.artifact_type, f.annotations from repositories r
            join referrers f on f.repository_id = r.id
            join manifests m on m.repository_id = r.id and m.digest = f.digest
            where r.name = :repository and f.subject = :subject and f.digest > :after""";

    private static final String IN_ORDER = " order by f.digest limit :limit";

    private final Database database;

    public Referrers(Database database) {
        this.database = database;
    }

    /** The manifests of `repository` whose subject is `subject`, sorted by digest. */
    public Page<Referrer> list(RepositoryName repository, Digest subject, PageRequest page) {
        return database.read(handle -> read(handle.createQuery(OF_SUBJECT + IN_ORDER), repository, subject, page));
    }

    /** The manifests of `repository` with this artifact type whose subject is `subject`, sorted by digest. */
    public Page<Referrer> list(RepositoryName repository, Digest subject, String artifactType, PageRequest page) {
        return database.read(handle -> read(
                handle.createQuery(OF_SUBJECT + " and f.artifact_type = :artifactType" + IN_ORDER)
                        .bind("artifactType", artifactType),
                repository,
                subject,
                page));
    }

    static void insert(Handle handle, long repositoryId, Digest digest, SubjectLink link) {
        handle.createUpdate("""
                        insert into referrers (repository_id, subject, digest, artifact_type, annotations)
                        values (:repository, :subject, :digest, :artifactType, :annotations)
                        on conflict do nothing""")
                .bind("repository", repositoryId)
                .bind("subject", link.subject())
                .bind("digest", digest)
                .bind("artifactType", link.artifactType())
                .bind("annotations", AnnotationsJson.write(link.annotations()))
                .execute();
    }

    private static Page<Referrer> read(Query query, RepositoryName repository, Digest subject, PageRequest page) {
        query.bind("repository", repository).bind("subject", subject);
        return Page.read(query, page, Referrers::referrer, Referrers::chars);
    }

    /** The length of the texts that clients choose. */
    private static int chars(Referrer referrer) {
        return referrer.descriptor().mediaType().length()
                + referrer.artifactType().orElse("").length()
                + referrer.annotations().orElse("").length();
    }

    private static Referrer referrer(ResultSet row, StatementContext context) throws SQLException {
        var descriptor = new Descriptor(row.getString(1), Digest.parse(row.getString(2)), row.getLong(3));
        return new Referrer(
                descriptor, Optional.ofNullable(row.getString(4)), AnnotationsJson.ofColumn(row.getString(5)));
    }
}
