package dev.berth.registry.api;

import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.http.Refused;
import dev.berth.registry.metadata.repository.PageRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The part of a list that a client asks for, `?n=&last=` (distribution-spec, "Listing Tags"), and the link to the next part. */
record RequestedPage(String path, int limit, Optional<String> last) {
    /** The most entries in one answer, which bounds its memory; the `Link` header leads to the rest. */
    static final int LONGEST = 10_000;

    /**
     * Reads the parameters of a request.
     *
     * @throws Refused when `n` is not a whole number from 0
     */
    static RequestedPage of(ApiRequest request) {
        var limit = request.parameter("n").map(RequestedPage::limit).orElse(LONGEST);
        return new RequestedPage(
                request.path(), limit, request.parameter("last").filter(text -> !text.isEmpty()));
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new Refused(Refusal.PAGE_INVALID, "it was " + text);
        }
        return Math.min(LONGEST, Integer.parseInt(text));
    }

    PageRequest pageRequest() {
        return new PageRequest(limit, last);
    }

    /** Adds the link to the part after `lastItem` (RFC 5988). `query` has further parameters to keep, each after `&`. */
    Answer linked(Answer answer, Object lastItem, String query) {
        var next = path + "?n=" + limit + "&last=" + encode(lastItem.toString()) + query;
        return answer.header("Link", "<" + next + ">; rel=\"next\"");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
