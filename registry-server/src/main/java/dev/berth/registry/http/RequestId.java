package dev.berth.registry.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The id of a request in its answer, in the logs and at proxies. It is made for each request, so it uses no regular expression. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";
    private static final int LONGEST = 128;

    private RequestId() {}

    /** The id that came with the request, if a log line can hold it; else a new one. */
    static String of(@Nullable String sent) {
        return sent != null && isSane(sent) ? sent : fresh();
    }

    public static String fresh() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static boolean isSane(String sent) {
        if (sent.isEmpty() || sent.length() > LONGEST) {
            return false;
        }
        for (var i = 0; i < sent.length(); i++) {
            var c = sent.charAt(i);
            if (!isLetterOrDigit(c) && c != '-' && c != '_' && c != '.' && c != ':') {
                return false;
            }
        }
        return true;
    }

    /** ASCII letters and digits only: log viewers show others in different ways. */
    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
