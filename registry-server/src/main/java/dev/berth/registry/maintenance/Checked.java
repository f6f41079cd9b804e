package dev.berth.registry.maintenance;

import java.util.List;

/**
 * What a check has found.
 *
 * @param files    that were seen in the folder of blobs
 * @param problems the first of them; there may be more than are listed
 * @param found    how many problems there were
 * @param repaired how many of them are mended
 */
public record Checked(
        long blobs, long bytes, long manifests, long files, List<Problem> problems, long found, long repaired) {
    public Checked {
        problems = List.copyOf(problems);
    }

    /**
     * Something that isn't as it should be.
     *
     * @param what     such as `blob sha256:…`
     * @param repaired whether it is mended, as the sentence says
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
