package dev.berth.protocol.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.protocol.document.DocumentReader;
import dev.berth.protocol.document.DocumentWriter;
import dev.berth.protocol.document.OrEmpty;
import dev.berth.protocol.document.ShortText;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which images a node has from the registries in its list of hosts, as the digests of their manifests. Names are not told: whoever reaches an
 * agent's management port would learn what other namespaces run, and a registry knows its own digests.
 *
 * @param runtime that was asked, such as `containerd 1.7.24`
 * @param problem why the runtime could not be asked; then the lists say nothing
 * @param inUse images of containers, running or not
 * @param present images without a container
 * @param more how many images are not listed, since there are more than {@link #MOST}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ImagesReport(
        String runtime, Optional<String> problem, List<String> inUse, List<String> present, int more) {
    /** The most digests in one document, so that it is shorter than what the operator reads of an agent. */
    public static final int MOST = 1500;

    private static final int LONGEST_TEXT = 300;

    private static final class Reading {
        static final DocumentReader JSON = DocumentReader.json(LONGEST_TEXT);
    }

    public ImagesReport {
        runtime = OrEmpty.text(runtime);
        inUse = texts(inUse);
        present = texts(present);
        more = Math.max(0, more);
    }

    /** The report of a node whose runtime cannot be asked. */
    public static ImagesReport unknown(String why) {
        return new ImagesReport("", Optional.of(ShortText.of(why, LONGEST_TEXT)), List.of(), List.of(), 0);
    }

    /** The report of a node with these images. Those in use come first if there are too many. */
    public static ImagesReport of(String runtime, List<String> inUse, List<String> present) {
        var first = inUse.stream().limit(MOST).toList();
        var then = present.stream().limit((long) MOST - first.size()).toList();
        var more = inUse.size() + present.size() - first.size() - then.size();
        return new ImagesReport(ShortText.of(runtime, LONGEST_TEXT), Optional.empty(), first, then, more);
    }

    /**
     * Reads a document of any version.
     *
     * @throws IOException if it isn't a JSON object
     */
    public static ImagesReport read(byte[] json) throws IOException {
        return Reading.JSON.read(Reading.JSON.object(json), ImagesReport.class);
    }

    /** The document. */
    public String json() {
        return DocumentWriter.json(this);
    }

    private static List<String> texts(@Nullable List<@Nullable String> read) {
        return read == null ? List.of() : read.stream().filter(Objects::nonNull).toList();
    }
}
