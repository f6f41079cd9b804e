package dev.berth.registry.http;

/** Counts for each mirror what its clients were sent. */
final class MirrorTraffic implements RequestListener {
    @Override
    public void ended(Exchange exchange, int status) {
        if (status == 200 || status == 206) {
            exchange.mirror().ifPresent(counts -> counts.served(exchange.bytesSent()));
        }
    }
}
