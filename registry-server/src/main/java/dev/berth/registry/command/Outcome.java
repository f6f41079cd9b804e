package dev.berth.registry.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.Problem;
import dev.berth.registry.transfer.layout.ExportSummary;
import java.util.List;
import java.util.Locale;

/** The result of a transfer, and its exit code. */
record Outcome(@JsonUnwrapped Object summary, List<Problem> problems) {
    /** The exit code of an `import` or `load` that stored everything. */
    static final String DONE = "0:everything is imported";

    static final String PARTLY = "3:something is left out or incomplete and was printed; everything else is done";

    int tell(Output output) {
        output.out().println(output.isJson() ? json() : words());
        return problems.isEmpty() ? 0 : ExitCodes.INCOMPLETE;
    }

    private String json() {
        try {
            return new ObjectMapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }

    private String words() {
        var done = switch (summary) {
            case ImportSummary taken -> words(taken);
            case ExportSummary written -> words(written);
            default -> throw new IllegalStateException("no words for " + summary);
        };
        return done + (problems.isEmpty() ? "; no problems." : "; " + problems.size() + " problems, named above.");
    }

    private static String words(ImportSummary summary) {
        var blobs = summary.blobs();
        return String.format(
                Locale.ROOT,
                "%,d repositories: %,d manifests (%,d new), %,d tags, %s in %,d blobs linked, %,d copied,"
                        + " %,d small ones in the database and %,d here before",
                summary.repositories(),
                summary.manifests(),
                summary.newManifests(),
                summary.tags(),
                ProgressUnit.BYTES.text(blobs.bytes()),
                blobs.linked(),
                blobs.copied(),
                blobs.small(),
                blobs.present());
    }

    private static String words(ExportSummary summary) {
        return String.format(
                Locale.ROOT,
                "%,d repositories: %,d manifests, %,d tags, %,d blobs, of which %,d were written now (%s)",
                summary.repositories(),
                summary.manifests(),
                summary.tags(),
                summary.blobs(),
                summary.newBlobs(),
                ProgressUnit.BYTES.text(summary.newBytes()));
    }
}
