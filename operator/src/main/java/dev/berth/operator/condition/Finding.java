package dev.berth.operator.condition;

import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.Condition.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Condition} before it has a time and a generation.
 *
 * @param type the condition, such as `Ready`
 * @param reason one CamelCase word for programs; events use the same
 * @param message a sentence for people: what is wrong, which object, what to do
 */
public record Finding(String type, Status status, String reason, String message) {
    public static Finding holds(String type, String reason, String message) {
        return new Finding(type, Status.TRUE, reason, message);
    }

    public static Finding fails(String type, String reason, String message) {
        return new Finding(type, Status.FALSE, reason, message);
    }

    public static Finding unknown(String type, String reason, String message) {
        return new Finding(type, Status.UNKNOWN, reason, message);
    }

    /** The limit of a message. Messages quote the API server and servers, whose answers may be long. */
    private static final int LONGEST = 2048;

    public Finding {
        message = message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
    }

    /** The condition to publish. It keeps the time of `before` while the status stays the same. */
    Condition asCondition(@Nullable Long generation, @Nullable Condition before, Instant now) {
        return new Condition(type, status, generation, now.toString(), reason, message).since(before, now);
    }
}
