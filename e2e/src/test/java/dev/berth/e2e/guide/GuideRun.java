package dev.berth.e2e.guide;

import dev.berth.e2e.guide.GuideShell.Ran;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** Runs the blocks of a page as somebody who reads it types them. It goes on after a failure, so that one run finds all. */
public final class GuideRun {
    private final GuidePage page;
    private final GuideShell shell;
    private final List<String> failures = new ArrayList<>();

    public GuideRun(GuidePage page, GuideShell shell) {
        this.page = page;
        this.shell = shell;
    }

    /** Runs the blocks with this decision. Returns what failed: the place in the page, the command, and what it printed. */
    public List<String> run(Class<? extends Decision> kind) throws IOException {
        for (var block : page.blocks().stream().filter(some -> some.is(kind)).toList()) {
            for (var step : block.steps()) {
                try {
                    check(step, shell.run(step, block.typed()));
                } catch (ConditionTimeoutException e) {
                    fail(step, "it does not end, so nothing after it is run", "");
                    return failures;
                }
            }
        }
        return failures;
    }

    private void check(Step step, Ran ran) {
        if (ran.status() != 0) {
            fail(step, "exit code " + ran.status(), ran.output());
            return;
        }
        var missing = step.missingFrom(ran.output());
        if (!missing.isEmpty()) {
            fail(step, "the page shows lines that it does not print: " + missing, ran.output());
        }
    }

    private void fail(Step step, String what, String output) {
        failures.add("%s:%d: `%s`: %s%n%s".formatted(page.name(), step.line(), step.command(), what, output));
    }
}
