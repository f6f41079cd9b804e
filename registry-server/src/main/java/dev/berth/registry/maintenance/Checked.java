package dev.berth.registry.maintenance;

import java.util.List;

/**
 * The result of a check.
 *
 * @param files    how many files the folder of blobs has
 * @param problems the first problems; there may be more
 * @param found    how many problems there are
 * @param repaired how many of them were repaired
 */
public record Checked(
        long blobs, long bytes, long manifests, long files, List<Problem> problems, long found, long repaired) {
    public Checked {
        problems = List.copyOf(problems);
    }

    /**
     * A problem.
     *
     * @param what     the faulty object, such as `blob sha256:…`
     * @param repaired whether it was repaired
     */
    public record Problem(String what, String sentence, boolean repaired) {
        @Override
        public String toString() {
            return what + ": " + sentence;
        }
    }

    public boolean isClean() {
        return found == repaired;
    }
}
