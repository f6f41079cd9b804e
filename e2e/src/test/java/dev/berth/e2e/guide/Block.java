package dev.berth.e2e.guide;

import java.util.List;

/**
 * A shell block of a page, or a script in a comment that only the tests see and run.
 *
 * @param line    the number of its first line in the page
 * @param visible whether a reader sees it
 * @param typed   what somebody types while its commands run
 */
public record Block(int line, boolean visible, Decision decision, List<String> typed, List<Step> steps) {
    boolean is(Class<? extends Decision> kind) {
        return kind.isInstance(decision);
    }
}
