package dev.berth.registry.http.port;

import dev.berth.registry.http.Body;
import dev.berth.registry.http.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

/** A TLS context that answers a request in plain HTTP with a sentence, where Netty would close the connection without one. */
final class PlainHttpRefusal extends SslContext {
    /** The time for the client to read the answer, which is lost when the connection closes earlier. */
    private static final long READING_SECONDS = 1;

    private final SslContext tls;

    PlainHttpRefusal(SslContext tls) {
        this.tls = tls;
    }

    @Override
    public boolean isClient() {
        return tls.isClient();
    }

    @Override
    public List<String> cipherSuites() {
        return tls.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty declares this method with its own deprecated type.
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return tls.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator memory) {
        return tls.newEngine(memory);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator memory, String host, int port) {
        return tls.newEngine(memory, host, port);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return tls.sessionContext();
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator memory, boolean startTls, Executor executor) {
        return new Handler(newEngine(memory), startTls, executor);
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator memory, Executor executor) {
        return newHandler(memory, false, executor);
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator memory, String host, int port, Executor executor) {
        return new Handler(newEngine(memory, host, port), false, executor);
    }

    /** Looks at the first byte that a client sends. */
    private static final class Handler extends SslHandler {
        private enum Spoken {
            NOTHING,
            TLS,
            PLAIN
        }

        private Spoken spoken = Spoken.NOTHING;

        Handler(SSLEngine engine, boolean startTls, Executor executor) {
            super(engine, startTls, executor);
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SSLException {
            if (spoken == Spoken.NOTHING && in.isReadable()) {
                // A record of TLS begins with a number below 32, a request with the letter of a method.
                spoken = Character.isLetter(in.getByte(in.readerIndex())) ? Spoken.PLAIN : Spoken.TLS;
                if (spoken == Spoken.PLAIN) {
                    refuse(context);
                }
            }
            if (spoken == Spoken.PLAIN) {
                in.skipBytes(in.readableBytes());
            } else {
                super.decode(context, in, out);
            }
        }

        /** Writes from this handler's place in the pipeline, so that the answer is not encrypted. */
        private static void refuse(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.wrappedBuffer(answer())).addListener(_ -> {
                var _ = context.executor().schedule(() -> closed(context), READING_SECONDS, TimeUnit.SECONDS);
            });
        }

        private static void closed(ChannelHandlerContext context) {
            var _ = context.close();
        }

        private static byte[] answer() {
            var answer = Refusal.TLS_WANTED.answer();
            var body = answer.body() instanceof Body.Bytes bytes ? bytes : new Body.Bytes("text/plain", new byte[0]);
            var head = "HTTP/1.1 " + answer.status() + " Bad Request\r\nContent-Type: " + body.contentType()
                    + "\r\nContent-Length: " + body.bytes().length + "\r\nConnection: close\r\n\r\n";
            return (head + new String(body.bytes(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }
    }
}
