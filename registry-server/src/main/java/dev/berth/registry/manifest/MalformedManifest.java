package dev.berth.registry.manifest;

/** A manifest that cannot be stored as it is; the sentence says what is wrong. */
public final class MalformedManifest extends RuntimeException {
    /** The sentence may quote what was pushed, so its length is limited. */
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

    /** What is wrong, fit to be shown to the client that pushed it. */
    public String sentence() {
        return sentence;
    }
}
