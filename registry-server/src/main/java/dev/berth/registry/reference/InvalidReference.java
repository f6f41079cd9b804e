package dev.berth.registry.reference;

/** A text that is not a valid name, tag or digest. The message quotes it and says what was expected. */
public final class InvalidReference extends IllegalArgumentException {
    /** The part of a reference that is invalid. Each part has its own error code in the distribution spec. */
    public enum Part {
        REGISTRY,
        REPOSITORY,
        TAG,
        DIGEST
    }

    private static final int LONGEST_QUOTE = 80;

    private final Part part;

    InvalidReference(Part part, String text, String expected) {
        super("\"" + quotable(text) + "\" is refused: " + expected);
        this.part = part;
    }

    public Part part() {
        return part;
    }

    /** The text, shortened and without control characters, so that it can be shown. */
    private static String quotable(String text) {
        String start = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        return start.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
