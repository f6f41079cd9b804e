package dev.berth.protocol.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.protocol.document.DocumentReader;
import dev.berth.protocol.document.DocumentWriter;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself.
 *
 * @param uptimeSeconds how long it has been running
 * @param configurationRevision of the configuration that is in force
 * @param storage empty only when another program answers
 * @param uploads that are under way
 * @param mirrors left out of the document when there are none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ServerReport(
        String version,
        long uptimeSeconds,
        String configurationRevision,
        Optional<StorageReport> storage,
        long repositories,
        long tags,
        long manifests,
        long blobs,
        long uploads,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MirrorReport> mirrors) {

    /** Whatever answers in a server's place may say much. */
    public static final int LONGEST_TEXT = 1024;

    /** Opened when the first document is read: a server only writes them. */
    private static final class Reading {
        static final DocumentReader JSON = DocumentReader.json(LONGEST_TEXT);
    }

    public ServerReport {
        version = text(version);
        configurationRevision = text(configurationRevision);
        mirrors = list(mirrors);
    }

    /** Reads a document of any version. @throws IOException if it isn't a JSON object */
    public static ServerReport read(byte[] json) throws IOException {
        return Reading.JSON.read(Reading.JSON.object(json), ServerReport.class);
    }

    /** The document. */
    public String json() {
        return DocumentWriter.json(this);
    }

    /** What it says of a mirror. */
    public Optional<MirrorReport> mirror(String name) {
        return mirrors.stream().filter(mirror -> mirror.name().equals(name)).findFirst();
    }

    /** Without mirrors and without what moves on by itself: of two reports that say the same these parts are equal. */
    public ServerReport atRest() {
        return new ServerReport(
                version,
                0,
                configurationRevision,
                storage.map(StorageReport::atRest),
                repositories,
                tags,
                manifests,
                blobs,
                0,
                List.of());
    }

    static String text(@Nullable String read) {
        return read == null ? "" : read;
    }

    /** Without entries that could not be read. */
    static <T> List<T> list(@Nullable List<@Nullable T> read) {
        return read == null
                ? List.of()
                : read.stream()
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
    }
}
