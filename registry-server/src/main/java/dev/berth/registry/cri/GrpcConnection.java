package dev.berth.registry.cri;

import dev.berth.registry.cri.CriFailure.Kind;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One HTTP/2 connection to a gRPC server on a unix socket, for calls with one request and one answer (grpc's PROTOCOL-HTTP2.md). Netty's codec,
 * which the server has anyway, speaks HTTP/2; gRPC adds a prefix of five bytes and a status at the end.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection, which is noticed there
final class GrpcConnection implements AutoCloseable {
    private static final long SECONDS_TO_CONNECT = 5;

    /** The server is told the deadline too; this much later the client stops to wait for the server's own answer. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final Path socket;
    private final Channel channel;
    private final Closing closing;

    private GrpcConnection(Path socket, Channel channel, Closing closing) {
        this.socket = socket;
        this.channel = channel;
        this.closing = closing;
    }

    static GrpcConnection open(Path socket, EventLoopGroup loop) throws CriFailure, InterruptedException {
        var closing = new Closing();
        var connecting = new Bootstrap()
                .group(loop)
                .channel(NioDomainSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(http2(), new Http2MultiplexHandler(new Refusing()), closing);
                    }
                })
                .connect(UnixDomainSocketAddress.of(socket));
        if (!connecting.await(SECONDS_TO_CONNECT, TimeUnit.SECONDS)) {
            connecting.cancel(true);
            throw new CriFailure(Kind.LATE, socket + " takes no connection within " + SECONDS_TO_CONNECT + " s");
        }
        if (!connecting.isSuccess()) {
            throw cannotConnect(socket, connecting.cause());
        }
        return new GrpcConnection(socket, connecting.channel(), closing);
    }

    boolean isOpen() {
        return channel.isActive();
    }

    /**
     * Calls one method.
     *
     * @param method the path, such as `/runtime.v1.ImageService/ListImages`
     * @param longest the most bytes that the answer may have
     */
    byte[] call(String method, byte[] request, Duration deadline, int longest) throws CriFailure, InterruptedException {
        var call = new GrpcCall(method, request, deadline, longest);
        var stream = new Http2StreamChannelBootstrap(channel).handler(call).open();
        stream.addListener(opened -> {
            if (!opened.isSuccess()) {
                call.answer().completeExceptionally(opened.cause());
            }
        });
        try {
            return call.answer().get(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CriFailure failure ? failure : broken(method);
        } catch (TimeoutException e) {
            throw new CriFailure(
                    Kind.LATE, socket + " gave no answer to " + method + " within " + deadline.toMillis() + " ms", e);
        } finally {
            stream.addListener(opened -> {
                if (opened.isSuccess()) {
                    stream.getNow().close(); // cancels the call unless it has ended
                }
            });
            if (closing.cause().isPresent()) {
                channel.close();
            }
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    private CriFailure broken(String method) {
        return closing.cause()
                .map(why -> new CriFailure(
                        Kind.NOT_CRI, "what listens on " + socket + " does not speak gRPC: " + why.getMessage(), why))
                .orElseGet(() ->
                        new CriFailure(Kind.AWAY, socket + " closed the connection before it answered to " + method));
    }

    private static CriFailure cannotConnect(Path socket, Throwable why) {
        var what = Files.exists(socket) ? "nobody answers on " + socket : "there is no socket " + socket;
        return new CriFailure(Kind.AWAY, what + ": " + why.getMessage(), why);
    }

    private static ChannelHandler http2() {
        return Http2FrameCodecBuilder.forClient()
                .initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                .gracefulShutdownTimeoutMillis(0)
                .build();
    }

    /** Remembers what was wrong with the bytes that came. The event loop sets it. */
    private static final class Closing extends ChannelInboundHandlerAdapter {
        private volatile Optional<Throwable> cause = Optional.empty();

        Optional<Throwable> cause() {
            return cause;
        }

        /** Frames that concern the connection, such as settings. */
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            ReferenceCountUtil.release(frame);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable why) {
            if (!(why instanceof IOException)) { // which the end of a program causes, too
                cause = Optional.of(why);
            }
            context.close();
        }
    }

    /** A server opens no streams here. */
    @ChannelHandler.Sharable
    private static final class Refusing extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            context.close();
        }
    }
}
