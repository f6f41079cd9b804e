package dev.berth.registry.upstream.answer;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses in the headers of other servers. Characters that must be escaped by RFC 3986 but are not, such as spaces, braces or a bare
 * percent sign in a query, are escaped here, as Go's clients do.
 */
public final class WebAddress {
    private static final String UNSAFE = " \"<>\\^`{|}";
    private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+])(?::([0-9]{0,5}))?");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private WebAddress() {}

    /**
     * Reads a relative or absolute reference in an answer to `from`.
     *
     * @return an http or https address without a fragment; empty when the reference can't be followed
     */
    public static Optional<URI> resolve(URI from, String reference) {
        var text = reference.strip();
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        try {
            return web(absolute(from, escaped(withoutFragment(text))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The host of an address in lower case. Java reads no host with an underscore, though names of container networks and buckets have
     * them.
     *
     * @return empty when there is no host or the address has user info
     */
    public static Optional<String> host(URI uri) {
        return authority(uri).map(matcher -> matcher.group(1).toLowerCase(Locale.ROOT));
    }

    /** The port of an address; -1 if it has none. */
    public static int port(URI uri) {
        return authority(uri)
                .map(matcher -> matcher.group(2))
                .filter(port -> !port.isEmpty())
                .map(Integer::parseInt)
                .orElse(-1);
    }

    private static Optional<Matcher> authority(URI uri) {
        return Optional.ofNullable(uri.getRawAuthority())
                .map(AUTHORITY::matcher)
                .filter(Matcher::matches);
    }

    /** Resolves a reference that is only a query: it keeps the path, whose last segment {@link URI#resolve} would cut off. */
    private static URI absolute(URI from, String text) {
        var path = from.getRawPath() == null || from.getRawPath().isEmpty() ? "/" : from.getRawPath();
        return text.isEmpty() || text.startsWith("?")
                ? URI.create(from.getScheme() + "://" + from.getRawAuthority() + path + text)
                : from.resolve(text);
    }

    private static Optional<URI> web(URI uri) {
        var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        var isWeb = scheme.equals("https") || scheme.equals("http");
        if (!isWeb || uri.isOpaque() || host(uri).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(URI.create(scheme + uri.toString().substring(scheme.length())));
    }

    private static String withoutFragment(String text) {
        var fragment = text.indexOf('#');
        return fragment < 0 ? text : text.substring(0, fragment);
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        var query = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
        var path = text.indexOf("//") < 0 ? 0 : Math.max(0, text.indexOf('/', text.indexOf("//") + 2));
        text.codePoints().forEach(new EscapingFrom(text, path, query, escaped)::next);
        return escaped.toString();
    }

    /** One pass over the code points of an address. */
    private static final class EscapingFrom {
        private final String text;
        private final int path;
        private final int query;
        private final StringBuilder escaped;
        private int at;

        EscapingFrom(String text, int path, int query, StringBuilder escaped) {
            this.text = text;
            this.path = path;
            this.query = query;
            this.escaped = escaped;
        }

        void next(int point) {
            if (isPlain(point)) {
                escaped.appendCodePoint(point);
            } else {
                for (var one : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append('%').append(HEX.toHexDigits(one));
                }
            }
            at += Character.charCount(point);
        }

        private boolean isPlain(int point) {
            return switch (point) {
                case '%' -> at + 2 < text.length() && isHex(at + 1) && isHex(at + 2);
                // Brackets must stay around an IPv6 address; in a path, Java refuses them.
                case '[', ']' -> at < path || at > query;
                default -> point > 0x20 && point < 0x7f && UNSAFE.indexOf(point) < 0;
            };
        }

        private boolean isHex(int index) {
            return HexFormat.isHexDigit(text.charAt(index));
        }
    }
}
