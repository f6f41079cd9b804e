package dev.berth.registry.database;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.reference.UploadId;
import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
public final class ReferenceTypes implements JdbiPlugin, ArgumentFactory.Preparable, ColumnMapperFactory {
    /** By type, so that JDBI looks for the right one once and not at each execution of a statement. */
    private static final Map<Type, Function<Object, Argument>> ARGUMENTS = Map.of(
            Digest.class, text(Digest.class, Digest::toString),
            Tag.class, text(Tag.class, Tag::value),
            RepositoryName.class, text(RepositoryName.class, RepositoryName::value),
            UploadId.class, text(UploadId.class, UploadId::value),
            Algorithm.class, text(Algorithm.class, Algorithm::toString),
            Instant.class, ReferenceTypes::milliseconds);

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
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        return Optional.ofNullable(ARGUMENTS.get(type));
    }

    @Override
    public Optional<ColumnMapper<?>> build(Type type, ConfigRegistry config) {
        return Optional.ofNullable(MAPPERS.get(type));
    }

    private static <T> Function<Object, Argument> text(Class<T> type, Function<T, String> written) {
        return value -> {
            var text = value == null ? null : written.apply(type.cast(value));
            return (position, statement, context) -> statement.setString(position, text);
        };
    }

    private static Argument milliseconds(Object time) {
        return (position, statement, context) -> {
            if (time == null) {
                statement.setNull(position, Types.BIGINT);
            } else {
                statement.setLong(position, ((Instant) time).toEpochMilli());
            }
        };
    }

    /** How a type is made from the text of its column. */
    private interface Reading<T> {
        T of(String text);
    }

    private static <T> ColumnMapper<T> text(Reading<T> reading) {
        return (row, column, context) -> reading.of(row.getString(column));
    }
}
