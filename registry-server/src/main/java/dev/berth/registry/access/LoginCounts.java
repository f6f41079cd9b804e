package dev.berth.registry.access;

import dev.berth.registry.access.caller.Login;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts logins by their result since the start of the server. For any thread. */
public final class LoginCounts {
    private final Map<Result, LongAdder> counts = new EnumMap<>(Result.class);
    private final LongAdder tokens = new LongAdder();

    /** The results, as metrics tell them apart. */
    public enum Result {
        ACCEPTED,
        /** Accepted because the same credentials were verified before. */
        KNOWN,
        REFUSED,
        THROTTLED,
        BUSY,
        UNAVAILABLE;

        /** The name of the result in metrics. */
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

    /** The number of tokens issued. */
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
                    case Login.Refused _, Login.BadToken _ -> Result.REFUSED;
                    case Login.Throttled _ -> Result.THROTTLED;
                    case Login.Busy _ -> Result.BUSY;
                    case Login.Unavailable _ -> Result.UNAVAILABLE;
                });
    }

    private LongAdder adder(Result result) {
        return Objects.requireNonNull(counts.get(result));
    }
}
