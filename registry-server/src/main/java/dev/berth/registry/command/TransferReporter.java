package dev.berth.registry.command;

import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.Progress;
import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.transfer.Problem;
import dev.berth.registry.transfer.Reporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows the progress of a transfer, and keeps its problems. */
final class TransferReporter implements Reporter, AutoCloseable {
    private final Output output;
    private final List<Problem> problems = new ArrayList<>();
    private Optional<Progress> progress = Optional.empty();

    TransferReporter(Output output) {
        this.output = output;
    }

    @Override
    public synchronized void begins(Stage stage, long total) {
        close();
        var shown = output.progress(
                words(stage),
                stage == Stage.TAKE_BLOBS || stage == Stage.READ_WRITTEN ? ProgressUnit.BYTES : ProgressUnit.ITEMS);
        progress = Optional.of(shown.of(total));
    }

    @Override
    public void advances(long by) {
        progress.ifPresent(shown -> shown.advance(by));
    }

    @Override
    public synchronized void finds(Problem problem) {
        problems.add(problem);
        if (!output.isJson()) {
            progress.ifPresentOrElse(
                    shown -> shown.say(problem.toString()), () -> output.err().println(problem));
        }
    }

    synchronized List<Problem> problems() {
        return List.copyOf(problems);
    }

    @Override
    public synchronized void close() {
        progress.ifPresent(Progress::close);
        progress = Optional.empty();
    }

    private static String words(Stage stage) {
        return switch (stage) {
            case READ_WRITTEN -> "Reading what is written";
            case READ_MANIFESTS -> "Reading manifests";
            case TAKE_BLOBS -> "Transferring blobs";
            case STORE_MANIFESTS -> "Storing manifests";
        };
    }
}
