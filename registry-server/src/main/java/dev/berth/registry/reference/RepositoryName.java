package dev.berth.registry.reference;

import dev.berth.registry.reference.InvalidReference.Part;
import java.util.Locale;
import java.util.regex.Pattern;

/** A repository's name, such as `team/web` (distribution-spec, "Pulling manifests"). Sorts by ASCII, as catalogs do. */
public record RepositoryName(String value) implements Comparable<RepositoryName> {
    /** The limit that the spec recommends, because many clients accept at most 255 characters. */
    static final int LONGEST = 255;

    private static final Pattern GRAMMAR = grammar();

    /** Throws {@link InvalidReference} with what was expected. */
    public RepositoryName {
        if (!isValid(value)) {
            throw new InvalidReference(
                    Part.REPOSITORY,
                    value,
                    "a repository name is at most " + LONGEST + " characters of lower-case words between slashes,"
                            + " each of letters and digits with single '.', '_', '__' or '-' between them"
                            + inLowerCase(value));
        }
    }

    private static String inLowerCase(String value) {
        var lower = value.toLowerCase(Locale.ROOT);
        return isValid(lower) ? "; \"" + lower + "\" is one" : "";
    }

    /** Whether a text is a valid repository name. */
    public static boolean isValid(String text) {
        // The length is checked first, so that the regular expression never sees a long text from a client.
        return text.length() <= LONGEST && GRAMMAR.matcher(text).matches();
    }

    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static Pattern grammar() {
        var word = "[a-z0-9]++(?:(?:\\.|__|_|-++)[a-z0-9]++)*+";
        return Pattern.compile(word + "(?:/" + word + ")*+");
    }
}
