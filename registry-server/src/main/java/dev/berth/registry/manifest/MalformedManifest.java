package dev.berth.registry.manifest;

/** A manifest can't be read as what it says it is. */
public final class MalformedManifest extends RuntimeException {

    /** A sentence may quote what was pushed, which may be anything. */
    private static final int LONGEST_SENTENCE = 1_000;

    private final String sentence;

    MalformedManifest(String sentence) {
        super(shortened(sentence));
        this.sentence = shortened(sentence);
    }

    MalformedManifest(String sentence, Throwable cause) {
        super(shortened(sentence), cause);
        this.sentence = shortened(sentence);
    }

    private static String shortened(String sentence) {
        return sentence.length() <= LONGEST_SENTENCE ? sentence : sentence.substring(0, LONGEST_SENTENCE) + "…";
    }

    /** What is wrong, for who pushed it. */
    public String sentence() {
        return sentence;
    }
}
