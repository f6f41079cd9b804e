package dev.berth.registry.database;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.reference.UploadId;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMapperFactory;
import org.jdbi.v3.core.spi.JdbiPlugin;

/**
 * Lets statements take and return names, tags, digests, upload IDs and times. All are columns of text but times, which are milliseconds
 * since 1970. A column that is read so must not be null.
 */
public final class ReferenceTypes implements JdbiPlugin, ArgumentFactory, ColumnMapperFactory {
    private static final Map<Type, ColumnMapper<?>> MAPPERS = Map.of(
            Digest.class, text(Digest::parse),
            Tag.class, text(Tag::new),
            RepositoryName.class, text(RepositoryName::new),
            UploadId.class, text(UploadId::new),
            Instant.class, (row, column, context) -> Instant.ofEpochMilli(row.getLong(column)));

    @Override
    public void customizeJdbi(Jdbi jdbi) {
        jdbi.registerArgument(this);
        jdbi.registerColumnMapper(this);
    }

    @Override
    public Optional<Argument> build(Type type, Object value, ConfigRegistry config) {
        return switch (value) {
            case Digest digest -> text(digest.toString());
            case Tag tag -> text(tag.value());
            case RepositoryName name -> text(name.value());
            case UploadId id -> text(id.value());
            case Algorithm algorithm -> text(algorithm.toString());
            case Instant time ->
                Optional.of((position, statement, context) -> statement.setLong(position, time.toEpochMilli()));
            case null, default -> Optional.empty();
        };
    }

    @Override
    public Optional<ColumnMapper<?>> build(Type type, ConfigRegistry config) {
        return Optional.ofNullable(MAPPERS.get(type));
    }

    private static Optional<Argument> text(String text) {
        return Optional.of((position, statement, context) -> statement.setString(position, text));
    }

    /** How a type is made from the text of its column. */
    private interface Reading<T> {
        T of(String text);
    }

    private static <T> ColumnMapper<T> text(Reading<T> reading) {
        return (row, column, context) -> reading.of(row.getString(column));
    }
}
