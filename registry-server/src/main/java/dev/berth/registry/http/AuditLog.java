package dev.berth.registry.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has changed what, and who was refused: a line each, by the logger `audit`, before the answer leaves. For people `key=value`, in the
 * JSON log fields of their own. Reading what one may read is not in it.
 */
final class AuditLog implements RequestListener {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final int LONGEST = 255;

    @Override
    public void answered(Exchange exchange, int status) {
        if ((exchange.refused() || isWrite(exchange)) && LOG.isInfoEnabled()) {
            var entry = entry(exchange, status);
            var line = LOG.atInfo();
            for (var field : entry.entrySet()) {
                line = line.addKeyValue(field.getKey(), field.getValue());
            }
            line.log(entry.entrySet().stream()
                    .map(field -> field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining(" ", "audit ", "")));
        }
    }

    private static boolean isWrite(Exchange exchange) {
        return switch (exchange.method()) {
            case "POST", "PUT", "PATCH", "DELETE" -> exchange.route().startsWith("/v2/");
            default -> false;
        };
    }

    private static Map<String, String> entry(Exchange exchange, int status) {
        var entry = new LinkedHashMap<String, String>();
        entry.put("outcome", outcome(exchange, status));
        entry.put(
                "user",
                exchange.caller().name().isEmpty()
                        ? "-"
                        : printable(exchange.caller().name()));
        exchange.claimed().ifPresent(user -> entry.put("claimed", printable(user)));
        entry.put("method", printable(exchange.method()));
        entry.put("route", exchange.route());
        for (var variable : new String[] {"name", "reference", "digest", "upload"}) {
            exchange.variable("<" + variable + ">")
                    .ifPresent(value -> entry.put(variable.equals("name") ? "repository" : variable, printable(value)));
        }
        entry.put("status", Integer.toString(status));
        entry.put("from", exchange.client());
        if (!exchange.client().equals(exchange.peer())) {
            entry.put("via", exchange.peer());
        }
        entry.put("request", exchange.id());
        return entry;
    }

    private static String outcome(Exchange exchange, int status) {
        if (exchange.refused()) {
            return "refused";
        }
        return status < 400 ? "done" : "failed";
    }

    /** Nothing that a client sends begins a line or a field of its own. */
    private static String printable(String text) {
        var shown = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isLetterOrDigit(c) || (c > ' ' && c < 0x7f && c != '=' && c != '"') ? c : '?')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
