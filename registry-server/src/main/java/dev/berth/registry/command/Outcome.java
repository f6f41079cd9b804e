package dev.berth.registry.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.maintenance.JsonRecords;
import dev.berth.registry.reference.ByteSize;
import dev.berth.registry.reference.Count;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.Problem;
import dev.berth.registry.transfer.layout.ExportSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The result of a transfer, and its exit code.
 *
 * @param unmatched patterns that an export was given and that match no repository
 */
record Outcome(
        @JsonUnwrapped Object summary,
        List<Problem> problems,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unmatched) {
    /** The exit code of an `import` or `load` that stored everything. */
    static final String DONE = "0:everything is imported";

    static final String PARTLY = "3:something is left out or incomplete and was printed; everything else is done";

    Outcome(Object summary, List<Problem> problems) {
        this(summary, problems, List.of());
    }

    /**
     * Prints the result.
     *
     * @param verb what was done to the images, such as `Imported`
     * @return the exit code
     */
    int tell(Output output, String verb) {
        if (output.isJson()) {
            output.out().println(JsonRecords.text(this));
        } else {
            unmatched.forEach(pattern -> output.err()
                    .println(
                            "berth-registry: no repository here matches " + pattern + "; nothing was exported for it"));
            output.out().println(verb + " " + words());
        }
        if (!problems.isEmpty()) {
            return ExitCodes.INCOMPLETE;
        }
        return unmatched.isEmpty() ? 0 : ExitCodes.UNMATCHED;
    }

    private String words() {
        var done = switch (summary) {
            case ImportSummary taken -> words(taken);
            case ExportSummary written -> written.equals(ExportSummary.NOTHING) ? "nothing." : words(written);
            default -> throw new IllegalStateException("no words for " + summary);
        };
        if (!problems.isEmpty()) {
            return done + " " + Count.of(problems.size(), "problem") + ", named above.";
        }
        return done + (unmatched.isEmpty() ? " No problems." : "");
    }

    private static String words(ImportSummary summary) {
        return String.format(
                Locale.ROOT,
                "%s with %s (%,d new), %s and %s.",
                Count.repositories(summary.repositories()),
                Count.of(summary.manifests(), "manifest"),
                summary.newManifests(),
                Count.of(summary.tags(), "tag"),
                words(summary.blobs()));
    }

    /** Such as `3 blobs (12 MiB: 2 linked, 1 already here)`. */
    private static String words(ImportSummary.Blobs blobs) {
        var parts = new LinkedHashMap<String, Long>();
        parts.put("linked", blobs.linked());
        parts.put("copied", blobs.copied());
        parts.put("stored in the database", blobs.small());
        parts.put("already here", blobs.present());
        parts.put("damaged and left out", blobs.corrupt());
        var all = parts.values().stream().mapToLong(Long::longValue).sum();
        var detail = parts.entrySet().stream()
                .filter(part -> part.getValue() > 0)
                .map(part -> String.format(Locale.ROOT, "%,d %s", part.getValue(), part.getKey()))
                .collect(Collectors.joining(", "));
        return Count.of(all, "blob") + (all == 0 ? "" : " (" + ByteSize.text(blobs.bytes()) + ": " + detail + ")");
    }

    private static String words(ExportSummary summary) {
        var fresh = summary.newBlobs() == 0
                ? "none of them new"
                : String.format(
                        Locale.ROOT, "%,d of them new (%s)", summary.newBlobs(), ByteSize.text(summary.newBytes()));
        return "%s with %s, %s and %s, %s."
                .formatted(
                        Count.repositories(summary.repositories()),
                        Count.of(summary.manifests(), "manifest"),
                        Count.of(summary.tags(), "tag"),
                        Count.of(summary.blobs(), "blob"),
                        fresh);
    }
}
