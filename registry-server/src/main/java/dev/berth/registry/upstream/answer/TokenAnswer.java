package dev.berth.registry.upstream.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What a token service answers (distribution, "Token Response Fields"). */
public sealed interface TokenAnswer {
    /** A token, and how long it may be shown. */
    record Token(String value, Duration life) implements TokenAnswer {
        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    /** There is no token in it that could be shown. */
    record Malformed() implements TokenAnswer {}

    /** When the service doesn't say. */
    Duration USUAL_LIFE = Duration.ofSeconds(60);

    /** However long it is said to last, it is asked for again after this. */
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
        // As a floating-point number, since there is no limit to what may be written here.
        var life = Math.clamp(seconds.asDouble(), 0, (double) LONGEST_LIFE.toSeconds());
        return Duration.ofSeconds((long) life);
    }
}
