package dev.berth.protocol.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.protocol.document.OrEmpty;
import dev.berth.protocol.document.ShortText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far a node is with the images that it pulls in advance from one host.
 *
 * @param host in the list of hosts
 * @param images how many of the host's images the node is to have
 * @param present how many of them it has
 * @param failed how many of the others it could not pull at its last attempt
 * @param message which image could not be pulled, and why: the newest failure
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PreloadReport(String host, int images, int present, int failed, Optional<String> message) {
    /** Stands for an entry that cannot be read. */
    static final PreloadReport UNREADABLE = new PreloadReport("", 0, 0, 0, Optional.empty());

    public PreloadReport {
        host = OrEmpty.text(host);
        images = Math.max(0, images);
        present = Math.clamp(present, 0, images);
        failed = Math.clamp(failed, 0, images - present);
    }

    public boolean complete() {
        return present == images;
    }

    /** Those that fit into a document, cut to its longest text: the ones that are not complete come first. */
    static List<PreloadReport> fitting(List<PreloadReport> all, int most, int longestText) {
        return all.stream()
                .sorted(Comparator.comparing(PreloadReport::complete).thenComparing(PreloadReport::host))
                .limit(most)
                .map(report -> new PreloadReport(
                        ShortText.of(report.host, longestText),
                        report.images,
                        report.present,
                        report.failed,
                        report.message.map(text -> ShortText.of(text, longestText))))
                .toList();
    }
}
