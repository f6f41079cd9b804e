package dev.berth.registry.engine;

/** Text from outside, for terminals and sentences: in one line, of bounded length, without characters that control a terminal. */
public final class Printable {
    private static final int LONGEST = 1000;

    private Printable() {}

    public static String of(String text) {
        var line = text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return text.length() > LONGEST ? line + "…" : line;
    }
}
