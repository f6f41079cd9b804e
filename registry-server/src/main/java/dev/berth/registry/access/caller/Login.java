package dev.berth.registry.access.caller;

import java.time.Duration;

/** The result of verifying a request's credentials. */
public sealed interface Login {
    record Accepted(Caller caller) implements Login {}

    /** An unknown user, a wrong password, or an unknown scheme; a client never learns which. */
    record Refused() implements Login {}

    /**
     * A token of an issuer in the configuration that is not accepted.
     *
     * @param why a sentence for whoever has the token
     */
    record BadToken(String why) implements Login {}

    /** Too many logins wait to be verified. */
    record Busy() implements Login {}

    /** Too many logins failed; the next one is not verified before this time has passed. */
    record Throttled(Duration pause) implements Login {}

    /**
     * The login cannot be verified at the moment, since the issuer of the token does not answer.
     *
     * @param issuer how people know it
     */
    record Unavailable(String issuer) implements Login {}
}
