package dev.berth.registry.upstream.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The `Link` headers of an answer (RFC 8288, 3). Its users need to know whether all of the header could be read. */
sealed interface LinkHeader {
    /** All the links, in order. */
    record Links(List<Link> links) implements LinkHeader {
        public Links {
            links = List.copyOf(links);
        }

        /** The targets of the links with a relation type, each once. */
        List<String> targets(String relation) {
            return links.stream()
                    .filter(link -> link.relations().contains(relation))
                    .map(Link::target)
                    .distinct()
                    .toList();
        }
    }

    /** Part of the header is not a link. */
    record Malformed() implements LinkHeader {}

    /**
     * One link.
     *
     * @param target     the text between the angle brackets
     * @param parameters the parameters by their names in lower case; of duplicates, the first
     */
    record Link(String target, Map<String, String> parameters) {
        public Link {
            parameters = Map.copyOf(parameters);
        }

        /** Whether the link has a relation type, in upper or lower case. */
        List<String> relations() {
            return Arrays.stream(parameters.getOrDefault("rel", "").split("\\s+"))
                    .map(type -> type.toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    /** Reads the values of all `Link` headers. */
    static LinkHeader parse(List<String> values) {
        var links = new ArrayList<Link>();
        for (var value : values) {
            if (!new Reader(value).readInto(links)) {
                return new Malformed();
            }
        }
        return new Links(links);
    }

    /** Reads one value from left to right. */
    final class Reader {
        private final String text;
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        /** Whether the whole value could be read as links. */
        private boolean readInto(List<Link> links) {
            skip(" \t,");
            while (at < text.length()) {
                var end = text.indexOf('>', at);
                if (text.charAt(at) != '<' || end < 0) {
                    return false;
                }
                var target = text.substring(at + 1, end);
                at = end + 1;
                var parameters = new LinkedHashMap<String, String>();
                if (!readParameters(parameters)) {
                    return false;
                }
                links.add(new Link(target, parameters));
                skip(" \t,");
            }
            return true;
        }

        private boolean readParameters(Map<String, String> parameters) {
            skip(" \t");
            while (at < text.length() && text.charAt(at) != ',') {
                if (text.charAt(at) != ';') {
                    return false;
                }
                skip("; \t");
                var name = token("=;,");
                var value = "";
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skip(" \t");
                    if (at < text.length() && text.charAt(at) == '"') {
                        var quoted = new StringBuilder();
                        if (!readQuoted(quoted)) {
                            return false;
                        }
                        value = quoted.toString();
                    } else {
                        value = token(";,");
                    }
                }
                if (!name.isEmpty()) {
                    parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
                }
                skip(" \t");
            }
            return true;
        }

        /** Whether the text ended with a second quotation mark, as it must. */
        private boolean readQuoted(StringBuilder value) {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return at <= text.length();
        }

        private String token(String ends) {
            var from = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at).strip();
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
