package dev.berth.registry.http;

import dev.berth.registry.metadata.PageRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which part of a list is asked for, `?n=&last=` (distribution-spec, "Listing Tags"), and the link to the part after it. */
record RequestedPage(String path, int limit, Optional<String> last) {
    /** What one answer holds at most, whatever is asked for: memory is bounded, and Link leads on. */
    static final int LONGEST = 10_000;

    /** @throws Refused when `n` isn't a number from 0 */
    static RequestedPage of(Request request) {
        var limit = request.parameter("n").map(RequestedPage::limit).orElse(LONGEST);
        return new RequestedPage(
                request.path(), limit, request.parameter("last").filter(text -> !text.isEmpty()));
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new Refused(Refusal.PAGE_INVALID, "?n= was written " + text);
        }
        return Math.min(LONGEST, Integer.parseInt(text));
    }

    PageRequest pageRequest() {
        return new PageRequest(limit, last);
    }

    /** Adds the link to what comes after `lastItem` (RFC 5988), keeping `query`, more parameters that start with `&`. */
    Answer linked(Answer answer, Object lastItem, String query) {
        var next = path + "?n=" + limit + "&last=" + encode(lastItem.toString()) + query;
        return answer.header("Link", "<" + next + ">; rel=\"next\"");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
