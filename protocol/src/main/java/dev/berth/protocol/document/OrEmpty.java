package dev.berth.protocol.document;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of a document of another version, which may lack them. */
public final class OrEmpty {
    private OrEmpty() {}

    /** The text; empty if the document has none. */
    public static String text(@Nullable String read) {
        return read == null ? "" : read;
    }

    /** The list without entries that could not be read; empty if the document has none. */
    public static <T> List<T> list(@Nullable List<@Nullable T> read) {
        return read == null
                ? List.of()
                : read.stream()
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
    }
}
