package dev.berth.registry.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a handler answers. A value: writing it to a connection is {@link AnswerWriter}'s. */
record Answer(int status, List<Header> headers, Body body) {
    record Header(String name, String value) {}

    Answer {
        headers = List.copyOf(headers);
    }

    static Answer status(int status) {
        return new Answer(status, List.of(), new Body.Empty());
    }

    static Answer json(int status, JsonBody.Writing writing) {
        return status(status).with(JsonBody.of("application/json", writing));
    }

    static Answer text(int status, String text) {
        return status(status).with(new Body.Bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)));
    }

    Answer with(Body newBody) {
        return new Answer(status, headers, newBody);
    }

    Answer with(List<Header> moreHeaders) {
        var more = new ArrayList<>(headers);
        more.addAll(moreHeaders);
        return new Answer(status, more, body);
    }

    /** Adds a header; a value is whatever prints as it should be sent. */
    Answer header(String name, Object value) {
        return with(List.of(new Header(name, value.toString())));
    }
}
