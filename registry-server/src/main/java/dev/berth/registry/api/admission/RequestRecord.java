package dev.berth.registry.api.admission;

import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.http.Exchange;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import java.util.Optional;

/** What the logs and the mirrors' counts tell about one request. For one thread at a time, like its {@link Exchange}. */
public final class RequestRecord {
    private Caller caller = new Caller.Anonymous();
    private Optional<String> claimed = Optional.empty();
    private Optional<MirrorCounts> mirror = Optional.empty();
    private Optional<Digest> pushed = Optional.empty();
    private Optional<String> claimedNode = Optional.empty();
    private Optional<String> provenNode = Optional.empty();
    private boolean refused;

    private RequestRecord() {}

    static RequestRecord of(Exchange exchange) {
        return exchange.attachment(RequestRecord.class, RequestRecord::new);
    }

    Caller caller() {
        return caller;
    }

    void by(Caller newCaller) {
        caller = newCaller;
    }

    /** The user name of a login that failed. */
    Optional<String> claimed() {
        return claimed;
    }

    void claim(String user) {
        claimed = Optional.of(user);
    }

    /**
     * The node that an agent passed the request on from.
     *
     * @param proven the node that its token proves; then `claimed` does not count
     */
    void from(String claimed, Optional<String> proven) {
        provenNode = proven;
        claimedNode = proven.isPresent() ? Optional.empty() : Optional.of(claimed);
    }

    /** The name of a node that anybody may have written. */
    Optional<String> claimedNode() {
        return claimedNode;
    }

    Optional<String> provenNode() {
        return provenNode;
    }

    /** The counts of the mirror that holds the requested image. */
    Optional<MirrorCounts> mirror() {
        return mirror;
    }

    void through(MirrorCounts counts) {
        mirror = Optional.of(counts);
    }

    /** The manifest that the request stored. */
    Optional<Digest> pushed() {
        return pushed;
    }

    public void pushed(Digest digest) {
        pushed = Optional.of(digest);
    }

    /** Whether the caller was not allowed to do it, whatever the answer looks like. */
    boolean refused() {
        return refused;
    }

    public void refuse() {
        refused = true;
    }
}
