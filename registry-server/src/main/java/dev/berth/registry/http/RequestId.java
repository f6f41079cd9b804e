package dev.berth.registry.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a request is called in its answer, in the logs and by who passed it on. Made for each request: no pattern, one text. */
final class RequestId {
    static final String HEADER = "X-Request-Id";
    private static final int LONGEST = 128;

    private RequestId() {}

    /** The one that came with the request when it's fit for a log line, else a new one. */
    static String of(@Nullable String sent) {
        return sent != null && isSane(sent) ? sent : fresh();
    }

    static String fresh() {
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

    /** Of ASCII alone: what else Java calls letters would look different in each log viewer. */
    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
