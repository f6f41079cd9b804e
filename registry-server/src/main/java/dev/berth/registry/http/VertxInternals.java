package dev.berth.registry.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Optional;

/** The only place that uses inner classes of Vert.x, which a new version of Vert.x may change. */
public final class VertxInternals {
    private VertxInternals() {}

    /**
     * Keeps the bodies of a connection's requests outside the heap. Does nothing for HTTP/2, whose frames Vert.x copies.
     *
     * @param mostBytes the longest piece of a body that the connection's decoder makes
     */
    public static Handler<HttpConnection> directBodies(int mostBytes) {
        var bodies = new DirectBodies(mostBytes);
        return connection -> {
            var context = ((HttpServerConnection) connection).channelHandlerContext();
            if (context.pipeline().get(HttpRequestDecoder.class) != null) {
                context.pipeline().addBefore(context.name(), "direct-bodies", bodies);
            }
        };
    }

    /** The piece of a body that a buffer holds; empty if Vert.x has copied it. */
    static Optional<DirectPieces.Piece> piece(Buffer buffer) {
        for (var bytes = bytes(buffer); bytes != null; bytes = bytes.unwrap()) {
            if (bytes instanceof DirectPieces.Piece piece) {
                return Optional.of(piece);
            }
        }
        return Optional.empty();
    }

    /** A buffer of these bytes, without a copy. */
    static Buffer buffer(ByteBuf bytes) {
        return BufferInternal.buffer(bytes);
    }

    /** The bytes of a buffer, without a copy. */
    static ByteBuf bytes(Buffer buffer) {
        return ((BufferInternal) buffer).getByteBuf();
    }

    /** Closes a connection at once. Vert.x itself closes a connection only after it has sent what it still has. */
    static void cutOff(HttpConnection connection) {
        var _ = ((HttpServerConnection) connection).channelHandlerContext().close();
    }
}
