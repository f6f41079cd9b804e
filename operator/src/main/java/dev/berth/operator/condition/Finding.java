package dev.berth.operator.condition;

import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.Condition.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one aspect of an object: a {@link Condition} before it has a time and a generation.
 *
 * @param type the condition, such as `Ready`
 * @param reason one CamelCase word for programs; events use the same
 * @param message a sentence for people that says what to do where something is to be done
 */
public record Finding(String type, Status status, String reason, String message) {

    public static Finding holds(String type, String reason, String message) {
        return new Finding(type, Status.True, reason, message);
    }

    public static Finding fails(String type, String reason, String message) {
        return new Finding(type, Status.False, reason, message);
    }

    public static Finding unknown(String type, String reason, String message) {
        return new Finding(type, Status.Unknown, reason, message);
    }

    /** Messages quote the API server and servers, whose answers may be long. */
    private static final int LONGEST = 2048;

    public Finding {
        message = message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
    }

    /** The condition to publish; it keeps the time of `before` for as long as its status does. */
    public Condition asCondition(@Nullable Long generation, @Nullable Condition before, Instant now) {
        return new Condition(type, status, generation, now.toString(), reason, message).since(before, now);
    }
}
