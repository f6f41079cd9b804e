package dev.berth.registry.access;

/**
 * Values of a claim by pattern, as in {@link RepositoryGlob}: `*` stands for anything without a slash, `**` for anything at all. A workload chooses
 * some of its claims, such as the name of a branch, so the time to compare grows no faster than pattern times value.
 */
record ClaimGlob(String text) {
    boolean matches(String value) {
        var reached = new boolean[value.length() + 1];
        reached[0] = true;
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '*') {
                stepOver(text.charAt(i), value, reached);
            } else if (text.startsWith("**", i)) {
                spread(value, reached, true);
                i++;
            } else {
                spread(value, reached, false);
            }
        }
        return reached[value.length()];
    }

    /** Whether the pattern is made of stars alone, so that it says nothing about who the workload is. */
    boolean isAnything() {
        return text.chars().allMatch(one -> one == '*');
    }

    private static void stepOver(char expected, String value, boolean[] reached) {
        for (var at = value.length(); at > 0; at--) {
            reached[at] = reached[at - 1] && value.charAt(at - 1) == expected;
        }
        reached[0] = false;
    }

    private static void spread(String value, boolean[] reached, boolean overSlashes) {
        for (var at = 1; at <= value.length(); at++) {
            reached[at] |= reached[at - 1] && (overSlashes || value.charAt(at - 1) != '/');
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
