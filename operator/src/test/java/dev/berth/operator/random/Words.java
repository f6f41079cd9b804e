package dev.berth.operator.random;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Texts for fields that take any: names of things that are there, what means something to YAML, a shell, JSON or a format, and what is
 * odd in Unicode.
 */
final class Words {
    private static final List<String> ODD = List.of(
            "",
            " ",
            "\t",
            "a b",
            "true",
            "null",
            "~",
            "1e3",
            "0x10",
            "- a",
            "a: b",
            "# a",
            "{{ .a }}",
            "%s %n %d",
            "$(id)",
            "`id`",
            "'\"'",
            "\\",
            "../../etc/passwd",
            "/",
            "*",
            "**",
            "a/**",
            "a/*",
            "[",
            "(",
            "(?<a>",
            "a{1000}",
            "^$",
            ">=1.0 <2",
            ">>1",
            "\u0000",
            "line\nline",
            "\r\n",
            "ünïcödé",
            "\u202Eright to left",
            "zero\u200Bwidth",
            "\uFEFF",
            "\uD83D\uDEA2",
            "e\u0301",
            "\uFFFF",
            "---",
            "...",
            "!!java.net.URL",
            "&a *a",
            "localhost",
            "127.0.0.1",
            "::1",
            "team-b/job@sha256:00",
            "web:1",
            ":",
            "@",
            "web:",
            "@sha256:",
            "In",
            "Exists",
            "NotIn",
            "example.com/a",
            "-1",
            "999999999999999999999999");

    private final List<String> known;
    private final RandomGenerator random;

    Words(List<String> known, RandomGenerator random) {
        this.known = known;
        this.random = random;
    }

    /** A text of a length between two bounds. */
    String between(int least, int most) {
        var text = new StringBuilder(any());
        while (text.length() < least) {
            text.append((char) random.nextInt('a', 'z' + 1));
        }
        if (random.nextInt(50) == 0) {
            text.append("x".repeat(Math.clamp(most - text.length(), 0, 5000)));
        }
        return text.length() > most ? text.substring(0, most) : text.toString();
    }

    private String any() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4, 5 -> known.get(random.nextInt(known.size()));
            case 6 -> Integer.toString(random.nextInt(), 36);
            case 7 ->
                random.ints(random.nextInt(1, 20), 0x20, 0xD800)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            default -> ODD.get(random.nextInt(ODD.size()));
        };
    }
}
