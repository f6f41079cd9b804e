package dev.berth.registry.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The answer to a request, as a value; {@link AnswerWriter} writes it to a connection. */
public record Answer(int status, List<Header> headers, Body body) {
    public record Header(String name, String value) {}

    public Answer {
        headers = List.copyOf(headers);
    }

    public static Answer status(int status) {
        return new Answer(status, List.of(), new Body.Empty());
    }

    public static Answer json(int status, JsonBody.Writing writing) {
        return status(status).with(JsonBody.of("application/json", writing));
    }

    public static Answer text(int status, String text) {
        return status(status).with(new Body.Bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)));
    }

    public Answer with(Body newBody) {
        return new Answer(status, headers, newBody);
    }

    Answer with(List<Header> moreHeaders) {
        var more = new ArrayList<>(headers);
        more.addAll(moreHeaders);
        return new Answer(status, more, body);
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
