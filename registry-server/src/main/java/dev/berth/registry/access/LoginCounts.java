package dev.berth.registry.access;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How logins ended, since the start. Any thread. */
public final class LoginCounts {
    private final Map<Result, LongAdder> counts = new EnumMap<>(Result.class);
    private final LongAdder tokens = new LongAdder();

    /** One more for metrics is one more here. */
    public enum Result {
        ACCEPTED,
        /** Accepted without a look at the password, which had been verified before. */
        KNOWN,
        REFUSED,
        THROTTLED,
        BUSY,
        UNAVAILABLE;

        /** As metrics name it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    LoginCounts() {
        for (var result : Result.values()) {
            counts.put(result, new LongAdder());
        }
    }

    public long of(Result result) {
        return adder(result).sum();
    }

    /** Tokens given to those who were let in. */
    public long tokensIssued() {
        return tokens.sum();
    }

    void addToken() {
        tokens.increment();
    }

    void add(Result result) {
        adder(result).increment();
    }

    void add(Login login) {
        add(
                switch (login) {
                    case Login.Accepted _ -> Result.ACCEPTED;
                    case Login.Refused _ -> Result.REFUSED;
                    case Login.Throttled _ -> Result.THROTTLED;
                    case Login.Busy _ -> Result.BUSY;
                    case Login.Unavailable _ -> Result.UNAVAILABLE;
                });
    }

    private LongAdder adder(Result result) {
        return Objects.requireNonNull(counts.get(result));
    }
}
