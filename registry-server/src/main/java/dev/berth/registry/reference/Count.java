package dev.berth.registry.reference;

import java.util.Locale;

/** A number of things in words, such as `1 repository` or `2,000 blobs`. */
public record Count(long number, String singular, String plural) {
    /** Things whose plural ends with an s. */
    public static Count of(long number, String singular) {
        return new Count(number, singular, singular + "s");
    }

    public static Count repositories(long number) {
        return new Count(number, "repository", "repositories");
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? singular : plural);
    }
}
