package dev.berth.registry.api.admission;

import dev.berth.registry.http.Exchange;
import dev.berth.registry.http.RequestListener;
import dev.berth.registry.reference.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each push, each deletion and each refusal by the logger `audit`, before the answer is sent. A push has one line, for its manifest. A
 * challenge to log in is no refusal.
 */
public final class AuditLog implements RequestListener {
    private static final Logger LOG = LoggerFactory.getLogger("audit");

    @Override
    public void answered(Exchange exchange, int status) {
        if ((RequestRecord.of(exchange).refused() || isChange(exchange)) && LOG.isInfoEnabled()) {
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
                .text("user", RequestRecord.of(exchange).caller().name())
                .text("claimed", RequestRecord.of(exchange).claimed())
                .text("method", exchange.method())
                .word("route", exchange.route())
                .text("repository", exchange.variable("<name>"))
                .text("reference", exchange.variable("<reference>"))
                .text(
                        "digest",
                        RequestRecord.of(exchange)
                                .pushed()
                                .map(Digest::toString)
                                .or(() -> exchange.variable("<digest>")))
                .text("upload", exchange.variable("<upload>"))
                .number("status", status)
                .text("from", exchange.client());
        if (!exchange.client().equals(exchange.peer())) {
            fields.text("via", exchange.peer());
        }
        return fields.text("node", RequestRecord.of(exchange).provenNode())
                .text("claimedNode", RequestRecord.of(exchange).claimedNode())
                .text("request", exchange.id());
    }

    private static String outcome(Exchange exchange, int status) {
        if (RequestRecord.of(exchange).refused()) {
            return "refused";
        }
        return status < 400 ? "done" : "failed";
    }
}
