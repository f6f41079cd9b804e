package dev.berth.protocol.document;

/** Cuts texts that come from another program. */
public final class ShortText {
    private static final String REST = "…";

    private ShortText() {}

    /**
     * A text of at most `longest` characters; one that was cut ends in `…`. A character of two Java chars, such as an emoji, is never halved:
     * half of one cannot be written as UTF-8, so that the text would be read back as another one.
     */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - REST.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + REST;
    }
}
