package dev.berth.operator.random;

import java.util.ArrayList;
import java.util.random.RandomGenerator;

/**
 * Makes texts that a regular expression matches. It knows what the patterns of the CRDs use: groups, alternatives, classes, `.`, escapes,
 * and the quantifiers `?`, `*`, `+` and `{m,n}`.
 */
public final class PatternText {
    /** How often at most something is repeated that may be repeated without end. */
    private static final int MANY = 8;

    private final String pattern;
    private final RandomGenerator random;
    private int at;

    private PatternText(String pattern, RandomGenerator random) {
        this.pattern = pattern;
        this.random = random;
    }

    public static String of(String pattern, RandomGenerator random) {
        return new PatternText(pattern, random).alternatives();
    }

    /** All alternatives are made, so that the pattern is read to its end, and one is taken. */
    private String alternatives() {
        var made = new ArrayList<String>();
        made.add(sequence());
        while (peek() == '|') {
            at++;
            made.add(sequence());
        }
        return made.get(random.nextInt(made.size()));
    }

    private String sequence() {
        var text = new StringBuilder();
        while (peek() != '|' && peek() != ')' && peek() != '\0') {
            text.append(repeated());
        }
        return text.toString();
    }

    private String repeated() {
        var begin = at;
        var first = atom();
        var end = at;
        var times = times();
        var next = at;
        var text = new StringBuilder(times > 0 ? first : "");
        for (int i = 1; i < times; i++) {
            at = begin;
            text.append(atom());
            if (at != end) {
                throw new IllegalStateException("read differently the second time: " + pattern);
            }
        }
        at = next;
        return text.toString();
    }

    private int times() {
        return switch (peek()) {
            case '?' -> between(0, 1);
            case '*' -> between(0, MANY);
            case '+' -> between(1, MANY);
            case '{' -> bounded();
            default -> 1;
        };
    }

    private int between(int least, int most) {
        at++;
        return random.nextInt(least, most + 1);
    }

    private int bounded() {
        var close = pattern.indexOf('}', at);
        var bounds = pattern.substring(at + 1, close).split(",", -1);
        at = close;
        var least = Integer.parseInt(bounds[0]);
        return between(least, bounds.length == 1 ? least : Integer.parseInt(bounds[1]));
    }

    private String atom() {
        var character = pattern.charAt(at++);
        return switch (character) {
            case '^', '$' -> "";
            case '(' -> group();
            case '[' -> oneOf();
            case '\\' -> String.valueOf(pattern.charAt(at++));
            case '.' -> String.valueOf((char) random.nextInt('!', '~'));
            default -> String.valueOf(character);
        };
    }

    private String group() {
        var text = alternatives();
        at++;
        return text;
    }

    private String oneOf() {
        var all = new ArrayList<Character>();
        while (peek() != ']') {
            var from = pattern.charAt(at++);
            var isRange = peek() == '-' && pattern.charAt(at + 1) != ']';
            var to = isRange ? pattern.charAt(at + 1) : from;
            at += isRange ? 2 : 0;
            for (var each = from; each <= to; each++) {
                all.add(each);
            }
        }
        at++;
        return String.valueOf(all.get(random.nextInt(all.size())));
    }

    private char peek() {
        return at < pattern.length() ? pattern.charAt(at) : '\0';
    }
}
