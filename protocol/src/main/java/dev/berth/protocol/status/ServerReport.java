package dev.berth.protocol.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.protocol.document.DocumentReader;
import dev.berth.protocol.document.DocumentWriter;
import dev.berth.protocol.document.OrEmpty;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The status that a server reports.
 *
 * @param uptimeSeconds since the start of the server
 * @param configurationRevision of the configuration in use
 * @param storage empty only if another program answers
 * @param uploads the number of running uploads
 * @param mirrors absent from the document if there are none
 * @param passwordKeys the IDs of the keys whose passwords the server accepts; absent from the document if there are none
 * @param certificate the SHA-256 fingerprint, in lower-case hexadecimal digits, of the certificate that new connections get; absent without TLS
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MirrorReport> mirrors,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> passwordKeys,
        Optional<String> certificate) {
    /** The longest text that is read, since another program than a server may answer. */
    static final int LONGEST_TEXT = 1024;

    /** Opened when the first document is read: a server only writes them. */
    private static final class Reading {
        static final DocumentReader JSON = DocumentReader.json(LONGEST_TEXT);
    }

    public ServerReport {
        version = OrEmpty.text(version);
        configurationRevision = OrEmpty.text(configurationRevision);
        mirrors = OrEmpty.list(mirrors);
        passwordKeys = OrEmpty.list(passwordKeys);
    }

    /**
     * Reads a document of any version.
     *
     * @throws IOException if it isn't a JSON object
     */
    public static ServerReport read(byte[] json) throws IOException {
        return Reading.JSON.read(Reading.JSON.object(json), ServerReport.class);
    }

    /** The document. */
    public String json() {
        return DocumentWriter.json(this);
    }

    /** The report on a mirror. */
    public Optional<MirrorReport> mirror(String name) {
        return mirrors.stream().filter(mirror -> mirror.name().equals(name)).findFirst();
    }

    /** The report without mirrors and without values that change all the time, so that reports with the same content are equal. */
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
                List.of(),
                passwordKeys,
                certificate);
    }
}
