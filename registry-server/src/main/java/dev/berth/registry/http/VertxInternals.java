package dev.berth.registry.http;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.buffer.BufferInternal;

/** The only place that uses inner classes of Vert.x, which a new version of Vert.x may change. */
final class VertxInternals {
    private VertxInternals() {}

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
