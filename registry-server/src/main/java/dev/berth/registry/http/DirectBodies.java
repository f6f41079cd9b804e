package dev.berth.registry.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;

/**
 * Keeps the bodies of HTTP/1.1 requests outside the heap, before Vert.x would copy them to it: they are hashed and written to a file, and both
 * want memory at a fixed address.
 */
@Sharable
final class DirectBodies extends ChannelInboundHandlerAdapter {
    /** Less than this costs nothing on the heap. */
    private static final int LEAST_BYTES = 4 * 1024;

    private final int mostBytes;
    private final DirectPieces pieces;

    /** @param mostBytes the longest content that the decoder makes */
    DirectBodies(int mostBytes) {
        this.mostBytes = mostBytes;
        this.pieces = new DirectPieces(mostBytes);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.fireChannelRead(
                message instanceof HttpContent part && isWorthIt(part.content().readableBytes())
                        ? pieces.copyOf(part.content())
                                .map(piece -> replaced(part, piece))
                                .orElse(part)
                        : message);
    }

    private boolean isWorthIt(int lengthBytes) {
        return lengthBytes >= LEAST_BYTES && lengthBytes <= mostBytes;
    }

    private static HttpContent replaced(HttpContent part, ByteBuf bytes) {
        var replaced = part.replace(bytes);
        part.release();
        return replaced;
    }
}
