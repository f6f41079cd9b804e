package dev.berth.registry.http.port;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one port, within their limits. A connection is quiet while it has no request under way. A client that sends headers byte
 * by byte is quiet too, which a timeout between bytes would not notice. For any event loop.
 */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final ConnectionLimits limits;
    private final ConcurrentMap<HttpConnection, Watched> open = new ConcurrentHashMap<>();

    private static final class Watched {
        final AtomicInteger underWay = new AtomicInteger();
        volatile long quietSince = System.nanoTime();

        void ended() {
            quietSince = System.nanoTime();
            underWay.decrementAndGet();
        }

        boolean isQuietFor(long nanos) {
            return underWay.get() == 0 && System.nanoTime() - quietSince > nanos;
        }
    }

    Connections(ConnectionLimits limits) {
        this.limits = limits;
    }

    void opened(HttpConnection connection) {
        open.put(connection, new Watched());
        connection.closeHandler(_ -> open.remove(connection));
        // A client that hangs up in the middle of a pull is no error; without this handler Vert.x logs a stack trace.
        connection.exceptionHandler(e -> LOG.debug("a connection broke: {}", e.toString()));
        if (open.size() > limits.most()) {
            connection.close();
        }
    }

    /** Passes requests to the next handler, and notes when each begins and ends. */
    Handler<HttpServerRequest> watch(Handler<HttpServerRequest> next) {
        return request -> {
            var watched = open.get(request.connection());
            if (watched != null) {
                watched.underWay.incrementAndGet();
                request.response().endHandler(_ -> watched.ended());
            }
            next.handle(request);
        };
    }

    void closeTheQuiet() {
        var nanos = limits.quiet().toNanos();
        open.forEach((connection, watched) -> {
            if (watched.isQuietFor(nanos)) {
                connection.close();
            }
        });
    }
}
