package dev.berth.registry.metadata.repository;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** A digest within a repository: a manifest, or the lease of a blob, that maintenance looks at. */
public record RepositoryDigest(long repositoryId, RepositoryName repository, Digest digest) {
    /** Reads a row with `repository_id`, the repository's `name`, and `digest`. */
    public static RepositoryDigest of(ResultSet row, StatementContext context) throws SQLException {
        return new RepositoryDigest(
                row.getLong("repository_id"),
                new RepositoryName(row.getString("name")),
                Digest.parse(row.getString("digest")));
    }
}
