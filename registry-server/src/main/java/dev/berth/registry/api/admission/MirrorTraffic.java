package dev.berth.registry.api.admission;

import dev.berth.registry.http.Exchange;
import dev.berth.registry.http.RequestListener;

/** Counts the bytes that the clients of each mirror were sent. */
public final class MirrorTraffic implements RequestListener {
    @Override
    public void ended(Exchange exchange, int status) {
        if (status == 200 || status == 206) {
            RequestRecord.of(exchange).mirror().ifPresent(counts -> counts.served(exchange.bytesSent()));
        }
    }
}
