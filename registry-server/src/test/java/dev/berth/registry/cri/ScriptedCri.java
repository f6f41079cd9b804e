package dev.berth.registry.cri;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A container runtime on a unix socket that answers each method as it is told, also in ways that no real one does. */
@SuppressWarnings({"ArrayRecordComponent", "FutureReturnValueIgnored"
}) // a failed write or close ends the connection, which is noticed there
public final class ScriptedCri implements AutoCloseable {
    /** The answer to one call. */
    public sealed interface Reply {
        record Message(byte[] bytes) implements Reply {}

        record Status(int code, String text) implements Reply {}

        /** The bytes as they are, without a prefix, and a good status. */
        record Raw(byte[] bytes) implements Reply {}

        /** Data without end. */
        record Endless() implements Reply {}

        record Never() implements Reply {}

        record NoStatus() implements Reply {}

        record Http(int status) implements Reply {}

        record Reset() implements Reply {}

        record Hangup() implements Reply {}
    }

    /** One call that came in. */
    public record Call(String method, byte[] request, Map<String, String> headers) {}

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, Function<byte[], Reply>> replies = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Channel> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Path socket;
    private Channel server;

    public ScriptedCri(Path socket) throws IOException {
        this.socket = socket;
        answers("RuntimeService/Version", new Reply.Message(CriMessages.version("scripted", "1.2.3")));
        start();
    }

    public Path socket() {
        return socket;
    }

    /** Answers a method, such as `ImageService/PullImage`, always in this way. */
    public void answers(String method, Reply reply) {
        answers(method, request -> reply);
    }

    public void answers(String method, Function<byte[], Reply> reply) {
        replies.put("/runtime.v1." + method, reply);
    }

    public List<Call> calls() {
        return calls;
    }

    public long calls(String method) {
        return calls.stream().filter(call -> call.method().endsWith(method)).count();
    }

    public int connections() {
        return connections.size();
    }

    /** How many calls the client has cancelled. */
    public int cancelled() {
        return cancelled.get();
    }

    /** As a runtime that is restarted: connections break, and new ones are taken. */
    public void restart() throws IOException {
        stop();
        start();
    }

    public void stop() throws IOException {
        server.close().syncUninterruptibly();
        connections.forEach(connection -> connection.close().syncUninterruptibly());
        Files.deleteIfExists(socket);
    }

    private void start() {
        server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerDomainSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer()
                                                .gracefulShutdownTimeoutMillis(0)
                                                .build(),
                                        new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                                            @Override
                                            protected void initChannel(Channel stream) {
                                                stream.pipeline().addLast(new Answering());
                                            }
                                        }));
                    }
                })
                .bind(UnixDomainSocketAddress.of(socket))
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private final class Answering extends SimpleChannelInboundHandler<Http2StreamFrame> {
        private final ByteArrayOutputStream request = new ByteArrayOutputStream();
        private final Map<String, String> headers = new ConcurrentHashMap<>();

        @Override
        protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) throws IOException {
            switch (frame) {
                case Http2HeadersFrame head ->
                    head.headers()
                            .forEach(entry -> headers.put(
                                    entry.getKey().toString(), entry.getValue().toString()));
                case Http2DataFrame data -> {
                    data.content().readBytes(request, data.content().readableBytes());
                    if (data.isEndStream()) {
                        answer(context);
                    }
                }
                default -> {}
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame) {
                cancelled.incrementAndGet();
            }
        }

        private void answer(ChannelHandlerContext context) {
            var method = headers.getOrDefault(":path", "");
            var bytes = request.toByteArray();
            var message = Arrays.copyOfRange(bytes, 5, bytes.length);
            calls.add(new Call(method, message, headers));
            var reply = replies.getOrDefault(method, r -> new Reply.Status(12, "unknown service runtime.v1"));
            send(context, reply.apply(message));
        }

        private void send(ChannelHandlerContext context, Reply reply) {
            switch (reply) {
                case Reply.Message(var bytes) -> {
                    head(context, "200", false);
                    data(context, prefixed(bytes));
                    trailers(context, 0, "");
                }
                case Reply.Status(var code, var text) -> trailers(context, code, text);
                case Reply.Raw(var bytes) -> {
                    head(context, "200", false);
                    data(context, bytes);
                    trailers(context, 0, "");
                }
                case Reply.Endless() -> {
                    head(context, "200", false);
                    more(context);
                }
                case Reply.Never() -> head(context, "200", false);
                case Reply.NoStatus() -> head(context, "200", true);
                case Reply.Http(var status) -> head(context, Integer.toString(status), true);
                case Reply.Reset() -> context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
                case Reply.Hangup() -> context.channel().parent().close();
            }
        }

        private static void head(ChannelHandlerContext context, String status, boolean last) {
            var head = new DefaultHttp2Headers().status(status).add("content-type", "application/grpc");
            context.writeAndFlush(new DefaultHttp2HeadersFrame(head, last));
        }

        private static void data(ChannelHandlerContext context, byte[] bytes) {
            context.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes)));
        }

        private static void trailers(ChannelHandlerContext context, int code, String text) {
            var trailers = new DefaultHttp2Headers().add("grpc-status", Integer.toString(code));
            if (!text.isEmpty()) {
                trailers.add("grpc-message", text);
            }
            context.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true));
        }

        private static void more(ChannelHandlerContext context) {
            context.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(new byte[16 * 1024])))
                    .addListener(sent -> {
                        if (sent.isSuccess()) {
                            more(context);
                        }
                    });
        }

        private static byte[] prefixed(byte[] message) {
            var buffer = Unpooled.buffer(message.length + 5);
            buffer.writeByte(0).writeInt(message.length).writeBytes(message);
            return Arrays.copyOf(buffer.array(), buffer.readableBytes());
        }
    }
}
