package dev.berth.registry.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has pushed and deleted what, and who was refused: a line each, by the logger `audit`, before the answer leaves. A push is the line of its
 * manifest, since a client sends the blobs in any number of requests before. Who is only asked to log in was not refused.
 */
final class AuditLog implements RequestListener {
    private static final Logger LOG = LoggerFactory.getLogger("audit");

    @Override
    public void answered(Exchange exchange, int status) {
        if ((exchange.refused() || isChange(exchange)) && LOG.isInfoEnabled()) {
            fields(exchange, status).log(LOG, "audit");
        }
    }

    private static boolean isChange(Exchange exchange) {
        return switch (exchange.method()) {
            case "PUT" -> exchange.route().contains("/manifests/");
            case "DELETE" ->
                exchange.route().startsWith("/v2/") && !exchange.route().contains("/uploads/");
            default -> false;
        };
    }

    private static LogFields fields(Exchange exchange, int status) {
        var fields = new LogFields()
                .word("outcome", outcome(exchange, status))
                .text("user", exchange.caller().name())
                .text("claimed", exchange.claimed())
                .text("method", exchange.method())
                .word("route", exchange.route())
                .text("repository", exchange.variable("<name>"))
                .text("reference", exchange.variable("<reference>"))
                .text("digest", exchange.pushed().or(() -> exchange.variable("<digest>")))
                .text("upload", exchange.variable("<upload>"))
                .number("status", status)
                .text("from", exchange.client());
        if (!exchange.client().equals(exchange.peer())) {
            fields.text("via", exchange.peer());
        }
        return fields.text("request", exchange.id());
    }

    private static String outcome(Exchange exchange, int status) {
        if (exchange.refused()) {
            return "refused";
        }
        return status < 400 ? "done" : "failed";
    }
}
