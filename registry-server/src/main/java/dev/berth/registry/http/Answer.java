package dev.berth.registry.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a request, as a value; {@link AnswerWriter} writes it to a connection.
 *
 * @param reason the text after the status of an HTTP/1 response; empty for the usual one. Container runtimes show it to people, but never the body of
 *     an answer to HEAD
 */
public record Answer(int status, Optional<String> reason, List<Header> headers, Body body) {
    public record Header(String name, String value) {}

    public Answer {
        headers = List.copyOf(headers);
    }

    public static Answer status(int status) {
        return new Answer(status, Optional.empty(), List.of(), new Body.Empty());
    }

    public static Answer json(int status, JsonBody.Writing writing) {
        return status(status).with(JsonBody.of("application/json", writing));
    }

    public static Answer text(int status, String text) {
        return status(status).with(new Body.Bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)));
    }

    public Answer with(Body newBody) {
        return new Answer(status, reason, headers, newBody);
    }

    Answer with(List<Header> moreHeaders) {
        var more = new ArrayList<>(headers);
        more.addAll(moreHeaders);
        return new Answer(status, reason, more, body);
    }

    /** Replaces the text after the status. Whatever HTTP does not allow there becomes a question mark (RFC 9112, 4). */
    public Answer because(String newReason) {
        return new Answer(status, Optional.of(newReason.replaceAll("[^ -~]", "?")), headers, body);
    }

    /** Asks the client to come again after a pause: whole seconds, rounded up, and at least 1 (RFC 9110, 10.2.3). */
    public Answer retryAfter(Duration pause) {
        return header(
                "Retry-After", Math.max(1, pause.plusSeconds(1).minusNanos(1).toSeconds()));
    }

    /** Adds a header; `value.toString()` is sent. */
    public Answer header(String name, Object value) {
        return with(List.of(new Header(name, value.toString())));
    }
}
