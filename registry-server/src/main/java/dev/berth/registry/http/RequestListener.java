package dev.berth.registry.http;

/** Is told of every request. Its methods must return soon, since the client waits meanwhile. */
public interface RequestListener {
    /** For ports that users do not call. */
    RequestListener NONE = new RequestListener() {};

    /** A listener that tells this one and then the other. */
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

    /** The status of the answer is known and nothing is sent yet. The thread that found the answer calls this. */
    default void answered(Exchange exchange, int status) {}

    /** The answer was sent, or the client has gone. The event loop calls this. */
    default void ended(Exchange exchange, int status) {}
}
