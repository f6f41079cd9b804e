package dev.berth.registry.http;

/** Hears of every request. None of its methods may take long: they are called while the client waits. */
interface RequestListener {
    /** For ports whose requests aren't users'. */
    RequestListener NONE = new RequestListener() {};

    /** Tells both, this one first. */
    default RequestListener and(RequestListener other) {
        var first = this;
        return new RequestListener() {
            @Override
            public void began(Exchange exchange) {
                first.began(exchange);
                other.began(exchange);
            }

            @Override
            public void answered(Exchange exchange, int status) {
                first.answered(exchange, status);
                other.answered(exchange, status);
            }

            @Override
            public void ended(Exchange exchange, int status) {
                first.ended(exchange, status);
                other.ended(exchange, status);
            }
        };
    }

    /** A request has come in. Called on its event loop. */
    default void began(Exchange exchange) {}

    /** What it is answered is known; nothing has been sent. Called on the thread that found the answer, which may write to disk. */
    default void answered(Exchange exchange, int status) {}

    /** The answer has left, or the client has gone. Called on its event loop. */
    default void ended(Exchange exchange, int status) {}
}
