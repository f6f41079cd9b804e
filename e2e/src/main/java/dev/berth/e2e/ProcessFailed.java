package dev.berth.e2e;

import java.util.List;

/** A program has failed. The message has its command, its exit status and its output. */
final class ProcessFailed extends RuntimeException {
    ProcessFailed(List<String> command, int status, String output) {
        super("`%s` ended with %d: %s".formatted(String.join(" ", command), status, output));
    }
}
