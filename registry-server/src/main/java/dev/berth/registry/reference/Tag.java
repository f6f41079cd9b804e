package dev.berth.registry.reference;

import dev.berth.registry.reference.InvalidReference.Part;
import java.util.regex.Pattern;

/** A tag (distribution-spec, "Pulling manifests"): its grammar is the spec's own. Sorts by ASCII, as tag lists do. */
public record Tag(String value) implements Reference, Comparable<Tag> {

    private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    public static final Tag LATEST = new Tag("latest");

    /** Throws {@link InvalidReference} with what was expected. */
    public Tag {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new InvalidReference(
                    Part.TAG,
                    value,
                    "a tag is 1 to 128 letters, digits, '_', '.' or '-', and starts with neither '.' nor '-'");
        }
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
