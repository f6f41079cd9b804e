package dev.berth.registry.access;

import java.time.Duration;

/** What came of looking at a request's credentials. */
public sealed interface Login {
    record Accepted(Caller caller) implements Login {}

    /** An unknown user, a wrong password, or a scheme that isn't ours: never said which. */
    record Refused() implements Login {}

    /** More logins wait to be verified than the processors can do in good time. */
    record Busy() implements Login {}

    /** So many logins failed that the next one isn't even looked at before then. */
    record Throttled(Duration pause) implements Login {}

    /** Nobody can say at the moment: who signs these tokens doesn't answer. */
    record Unavailable() implements Login {}
}
