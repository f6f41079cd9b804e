package dev.berth.registry.upstream;

import static dev.berth.registry.upstream.Reaction.bare;
import static dev.berth.registry.upstream.Reaction.cutAndRefuse;
import static dev.berth.registry.upstream.Reaction.cutWithRanges;
import static dev.berth.registry.upstream.Reaction.cutWithoutRanges;
import static dev.berth.registry.upstream.Reaction.gzip;
import static dev.berth.registry.upstream.Reaction.json;
import static dev.berth.registry.upstream.Reaction.status;

import java.util.function.Consumer;

/**
 * Faulty answers of other registries. Each line is a fault and what clients see of it; `UpstreamFaultsIT` tries each on a mirror on demand,
 * and on a scheduled mirror that prunes. The repository is `library/nginx`.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its scripts say the same each time.
public enum UpstreamFault {
    TAGS_ARE_AN_EMPTY_OBJECT(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("{}"))),
    TAGS_ARE_NOTHING(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json(""))),
    TAGS_ARE_A_LIST(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("[]"))),
    TAGS_ARE_ERRORS(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("{\"errors\":[]}"))),
    TAGS_ARE_ERRORS_AND_NONE(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("{\"errors\":[{}],\"tags\":[]}"))),
    TAGS_ARE_A_TEXT(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("{\"tags\":\"a\"}"))),
    TAGS_ARE_NULL(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("{\"tags\":null}"))),
    TAGS_ARE_NUMBERS(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("{\"tags\":[1]}"))),
    TAGS_ARE_GIVEN_TWICE(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("{\"tags\":[\"a\"],\"tags\":[]}"))),
    TAGS_ARE_FOLLOWED_BY_MORE(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("{\"tags\":[]}<html>"))),
    TAGS_ARE_A_PAGE_FOR_PEOPLE(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, json("<html>Please log in</html>"))),
    TAGS_ARE_NO_CONTENT(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, status(204))),
    TAGS_ARE_A_PART(Seen.NO_LIST, it -> it.when(UpstreamFault.TAGS, status(206))),

    NEXT_PAGE_BEHIND_OTHER_PARAMETERS(Seen.ALL, it -> it.pages("<%s>; type=\"application/json\"; rel=\"next\"")),
    NEXT_PAGE_IN_CAPITALS(Seen.ALL, it -> it.pages("<%s>; REL=\"next\"")),
    NEXT_PAGE_AS_A_QUERY(Seen.ALL, it -> it.pages("<?page=1>; rel=next")),
    NEXT_PAGE_BY_ANOTHER_PATH(Seen.ALL, it -> it.pages("</v2/library/nginx/tags?page=1>; rel=next")),
    NEXT_PAGE_OF_AN_INNER_HOST(Seen.ALL, it -> it.pages("<http://inner:5000%s>; rel=next")),
    NEXT_PAGE_WITH_A_SPACE(Seen.ALL, it -> it.pages("</v2/library/nginx/tags/list?page=1&last=a b>; rel=next")),
    NEXT_PAGE_NOWHERE(Seen.NO_LIST, it -> it.pages("<http://a b/>; rel=next")),
    NEXT_PAGE_ELSEWHERE(Seen.NO_LIST, it -> it.pages("<https://evil.example/more>; rel=next")),
    NEXT_PAGE_THE_SAME(Seen.NO_LIST, it -> it.pages("<?n=1000>; rel=next")),
    NEXT_PAGE_HALF_WRITTEN(Seen.NO_LIST, it -> it.pages("<%s; rel=next")),
    NEXT_PAGES_THAT_DIFFER(Seen.NO_LIST, it -> it.pages("<?page=1>; rel=next, <?page=2>; rel=next")),

    HEAD_IS_NOT_ALLOWED(Seen.ALL, it -> it.when("HEAD /v2/library/nginx/", status(405))),
    HEAD_IS_FORBIDDEN(Seen.ALL, it -> it.when("HEAD /v2/library/nginx/", status(403))),
    HEAD_IS_A_BAD_REQUEST(Seen.ALL, it -> it.when("HEAD /v2/library/nginx/", status(400))),
    HEAD_FINDS_NOTHING(Seen.ALL, it -> it.when("HEAD /v2/library/nginx/", status(404))),
    HEAD_SAYS_NOTHING(Seen.ALL, it -> it.when("HEAD /v2/library/nginx/", bare())),

    BLOBS_BREAK_OFF(Seen.ALL, it -> it.when("GET /v2/library/nginx/blobs/", cutWithRanges(2 * UpstreamFault.MIB))),
    BLOBS_BREAK_OFF_WITHOUT_RANGES(
            Seen.ALL, it -> it.when("GET /v2/library/nginx/blobs/", cutWithoutRanges(2 * UpstreamFault.MIB))),
    BLOBS_BREAK_OFF_AND_RANGES_ARE_REFUSED(
            Seen.ALL, it -> it.when("GET /v2/library/nginx/blobs/", cutAndRefuse(2 * UpstreamFault.MIB))),
    REDIRECTS_ARE_NOT_ESCAPED(Seen.ALL, it -> it.redirects("http", "?sig=a b|{c}\"^\\%zz&d=%20")),
    REDIRECTS_ARE_IN_CAPITALS(Seen.ALL, it -> it.redirects("HTTP", "?x=1#part")),

    MANIFESTS_HAVE_NO_LAYERS(Seen.ALL, it -> it.manifests("\"odd\":[]")),
    MANIFESTS_HAVE_NULL_FOR_LAYERS(Seen.ALL, it -> it.manifests("\"layers\":null")),
    MANIFESTS_HAVE_ODD_SIZES(Seen.ALL, it -> it.manifests("\"layers\":[],\"annotations\":{\"a\":7}")),
    MANIFESTS_ARE_COMPRESSED(Seen.ALL, it -> it.when("GET /v2/library/nginx/manifests/", gzip())),
    BLOBS_ARE_COMPRESSED(Seen.ALL, it -> it.when("GET /v2/library/nginx/blobs/", gzip()));

    private static final String TAGS = "/v2/library/nginx/tags/list";

    private static final int MIB = 1024 * 1024;

    private final Seen seen;
    private final Consumer<ScriptedUpstream> script;

    /**
     * What clients and the status show of a fault.
     *
     * @param pull the status of a pull
     * @param sync the reason of the failure in the status of a scheduled mirror; empty if the fault does not matter
     */
    public record Seen(int pull, String sync) {
        static final Seen ALL = new Seen(200, "");
        static final Seen NO_LIST = new Seen(200, "Malformed");
    }

    UpstreamFault(Seen seen, Consumer<ScriptedUpstream> script) {
        this.seen = seen;
        this.script = script;
    }

    public Seen seen() {
        return seen;
    }

    /** Makes the upstream answer with this fault from now on. */
    public void play(ScriptedUpstream upstream) {
        script.accept(upstream);
    }
}
