package dev.berth.registry.catalog;

/** A manifest can't be read as what it says it is. */
final class MalformedManifest extends RuntimeException {

    private final String sentence;

    MalformedManifest(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    MalformedManifest(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    /** What is wrong, for who pushed it. */
    String sentence() {
        return sentence;
    }
}
