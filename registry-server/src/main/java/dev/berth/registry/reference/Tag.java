package dev.berth.registry.reference;

import dev.berth.registry.reference.InvalidReference.Part;

/** A tag (distribution-spec, "Pulling manifests"): its grammar is the spec's own. Sorts by ASCII, as tag lists do. */
public record Tag(String value) implements Reference, Comparable<Tag> {
    private static final int LONGEST = 128;

    public static final Tag LATEST = new Tag("latest");

    /** Throws {@link InvalidReference} with what was expected. */
    public Tag {
        if (!isTag(value)) {
            throw new InvalidReference(
                    Part.TAG,
                    value,
                    "a tag is 1 to 128 letters, digits, '_', '.' or '-', and starts with neither '.' nor '-'");
        }
    }

    /** Matches `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`, without a regular expression because lists have thousands of tags. */
    private static boolean isTag(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isWord(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isWord(c) && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
