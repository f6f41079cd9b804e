package dev.berth.registry.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request, pulls too: a line each, by the logger `access`, once its answer has left. It is off unless `log.access` is true. */
final class AccessLog implements RequestListener {
    private static final Logger LOG = LoggerFactory.getLogger("access");

    private final ServerThreads threads;

    AccessLog(ServerThreads threads) {
        this.threads = threads;
    }

    @Override
    public void ended(Exchange exchange, int status) {
        if (LOG.isInfoEnabled()) {
            var fields = fields(exchange, status);
            threads.virtual()
                    .execute(() -> fields.log(LOG, "access")); // an event loop waits for nobody who reads the log
        }
    }

    private static LogFields fields(Exchange exchange, int status) {
        return new LogFields()
                .text("user", exchange.caller().name())
                .text("method", exchange.method())
                .text("path", exchange.path())
                .number("status", status)
                .number("received", exchange.bytesReceived())
                .number("sent", exchange.bytesSent())
                .number("milliseconds", exchange.elapsed().toMillis())
                .text("from", exchange.client())
                .text("agent", exchange.header("User-Agent"))
                .text("request", exchange.id());
    }
}
