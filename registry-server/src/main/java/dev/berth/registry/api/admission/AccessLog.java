package dev.berth.registry.api.admission;

import dev.berth.registry.http.Exchange;
import dev.berth.registry.http.RequestListener;
import dev.berth.registry.http.ServerThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each request, pulls included, by the logger `access` after its answer was sent. It is off unless `log.access` is true. */
public final class AccessLog implements RequestListener {
    private static final Logger LOG = LoggerFactory.getLogger("access");

    private final ServerThreads threads;

    public AccessLog(ServerThreads threads) {
        this.threads = threads;
    }

    @Override
    public void ended(Exchange exchange, int status) {
        if (LOG.isInfoEnabled()) {
            var fields = fields(exchange, status);
            threads.virtual()
                    .execute(() -> fields.log(LOG, "access")); // writing a log may block, which an event loop must not
        }
    }

    private static LogFields fields(Exchange exchange, int status) {
        var record = RequestRecord.of(exchange);
        return new LogFields()
                .text("user", record.caller().name())
                .text("method", exchange.method())
                .text("path", exchange.path())
                .number("status", status)
                .number("received", exchange.bytesReceived())
                .number("sent", exchange.bytesSent())
                .number("milliseconds", exchange.elapsed().toMillis())
                .text("from", exchange.client())
                .text("node", record.provenNode())
                .text("claimedNode", record.claimedNode())
                .text("agent", exchange.header("User-Agent"))
                .text("request", exchange.id());
    }
}
