package dev.berth.registry.cri;

import dev.berth.registry.cri.CriFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** One call on one stream of a connection: it sends the request and gathers the answer. The event loop of the connection runs it. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection, which is noticed there
final class GrpcCall extends SimpleChannelInboundHandler<Http2StreamFrame> {
    /** Before each message: whether it is compressed, and its length in four bytes. */
    private static final int PREFIX = 5;

    private final String method;
    private final byte[] request;
    private final Duration deadline;
    private final int longest;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    GrpcCall(String method, byte[] request, Duration deadline, int longest) {
        this.method = method;
        this.request = request;
        this.deadline = deadline;
        this.longest = longest;
    }

    /** The answer's message. It fails with a {@link CriFailure}, or otherwise if the connection breaks. */
    CompletableFuture<byte[]> answer() {
        return answer;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.write(new DefaultHttp2HeadersFrame(headers()));
        var message = Unpooled.buffer(PREFIX + request.length);
        message.writeByte(0).writeInt(request.length).writeBytes(request);
        context.writeAndFlush(new DefaultHttp2DataFrame(message, true)).addListener(sent -> {
            if (!sent.isSuccess()) {
                answer.completeExceptionally(sent.cause());
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
        switch (frame) {
            case Http2HeadersFrame headers -> headers(headers.headers(), headers.isEndStream());
            case Http2DataFrame data -> gather(data.content(), data.isEndStream());
            default -> {}
        }
        if (answer.isDone()) {
            context.close();
        }
    }

    /** Netty tells of the end of a stream by an event. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame reset) {
            fail(Kind.REFUSED, "the runtime broke off " + method + ", code " + reset.errorCode());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        answer.completeExceptionally(new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable why) {
        answer.completeExceptionally(why);
        context.close();
    }

    private Http2Headers headers() {
        return new DefaultHttp2Headers()
                .method("POST")
                .scheme("http")
                .authority("localhost")
                .path(method)
                .add("te", "trailers")
                .add("content-type", "application/grpc")
                .add("user-agent", "berth-node")
                .add("grpc-timeout", deadline.toMillis() + "m");
    }

    private void headers(Http2Headers headers, boolean last) {
        var status = headers.status();
        if (status != null && !"200".contentEquals(status)) {
            fail(
                    Kind.NOT_CRI,
                    "what listens on the socket does not speak gRPC: it answered " + method + " with HTTP " + status);
        } else if (last) {
            finish(GrpcStatus.of(headers));
        }
    }

    private void gather(ByteBuf bytes, boolean last) {
        if (body.size() + bytes.readableBytes() > PREFIX + longest) {
            fail(Kind.MALFORMED, "the runtime's answer to " + method + " is longer than " + longest + " bytes");
            return;
        }
        try {
            bytes.readBytes(body, bytes.readableBytes());
        } catch (IOException never) {
            answer.completeExceptionally(never);
        }
        if (last) {
            fail(Kind.MALFORMED, "the runtime's answer to " + method + " has no status");
        }
    }

    private void finish(GrpcStatus status) {
        var bytes = body.toByteArray();
        if (!status.isOk()) {
            fail(status.kind(), status.message(method));
        } else if (bytes.length < PREFIX || bytes[0] != 0 || length(bytes) != bytes.length - PREFIX) {
            fail(Kind.MALFORMED, "the runtime's answer to " + method + " is no message");
        } else {
            answer.complete(Arrays.copyOfRange(bytes, PREFIX, bytes.length));
        }
    }

    private static int length(byte[] bytes) {
        return Unpooled.wrappedBuffer(bytes).getInt(1);
    }

    private void fail(Kind kind, String message) {
        answer.completeExceptionally(new CriFailure(kind, message));
    }
}
