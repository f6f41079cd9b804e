package dev.berth.registry.cri;

import dev.berth.registry.cri.CriFailure.Kind;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * How a call ended (grpc's statuscodes.md).
 *
 * @param code 0 for success; -1 if there is none that can be read
 */
record GrpcStatus(int code, String text) {
    private static final int LONGEST_TEXT = 1000;

    static GrpcStatus of(Http2Headers trailers) {
        var code = trailers.get("grpc-status");
        var text = trailers.get("grpc-message");
        return new GrpcStatus(
                number(code == null ? "" : code.toString()), text == null ? "" : decoded(text.toString()));
    }

    boolean isOk() {
        return code == 0;
    }

    Kind kind() {
        return switch (code) {
            case -1 -> Kind.NOT_CRI;
            case 4 -> Kind.LATE;
            case 5 -> Kind.NOT_FOUND;
            case 7, 16 -> Kind.DENIED;
            case 12 -> Kind.UNIMPLEMENTED;
            case 14 -> Kind.AWAY;
            default -> Kind.REFUSED;
        };
    }

    String message(String method) {
        return switch (kind()) {
            case NOT_CRI ->
                "what listens on the socket does not speak gRPC: its answer to " + method + " has no status";
            case UNIMPLEMENTED -> "the program on the socket does not offer version 1 of CRI: " + text;
            default -> text.isEmpty() ? "the runtime refused " + method + " with code " + code : text;
        };
    }

    private static int number(String code) {
        return code.matches("[0-9]{1,3}") ? Integer.parseInt(code) : -1;
    }

    /** Bytes that are not printable ASCII come as `%XX`. */
    private static String decoded(String text) {
        var start = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
        try {
            return URLDecoder.decode(start.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}", " "); // a registry chooses a part of it, and it goes to the log
        } catch (IllegalArgumentException e) {
            return start;
        }
    }
}
