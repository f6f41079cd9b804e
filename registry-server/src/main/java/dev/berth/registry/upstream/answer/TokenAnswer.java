package dev.berth.registry.upstream.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The answer of a token service (distribution, "Token Response Fields"). */
public sealed interface TokenAnswer {
    /** A token and how long it is valid. */
    record Token(String value, Duration life) implements TokenAnswer {
        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    /** The answer has no usable token. */
    record Malformed() implements TokenAnswer {}

    /** The life of a token if the service does not say it. */
    Duration USUAL_LIFE = Duration.ofSeconds(60);

    /** The longest life that is accepted: a token is renewed after this. */
    Duration LONGEST_LIFE = Duration.ofDays(1);

    /** Reads the body of an answer with status 200. */
    static TokenAnswer parse(byte[] body) {
        var object = AnsweredJson.object(body);
        return object.flatMap(TokenAnswer::value)
                .<TokenAnswer>map(value -> new Token(value, life(object.get())))
                .orElseGet(Malformed::new);
    }

    private static Optional<String> value(JsonNode object) {
        return Stream.of("token", "access_token")
                .map(object::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f))
                .findFirst();
    }

    private static Duration life(JsonNode object) {
        var seconds = object.path("expires_in");
        if (!seconds.isNumber()) {
            return USUAL_LIFE;
        }
        // Read as a floating-point number, since the field may hold a number of any size.
        var life = Math.clamp(seconds.asDouble(), 0, (double) LONGEST_LIFE.toSeconds());
        return Duration.ofSeconds((long) life);
    }
}
