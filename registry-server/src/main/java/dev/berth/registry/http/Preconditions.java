package dev.berth.registry.http;

import dev.berth.registry.metadata.Expectation;
import dev.berth.registry.reference.Digest;
import java.util.Optional;

/**
 * On which conditions a client wants its request carried out: `If-Match` and `If-None-Match`, in the order of RFC 9110, 13.2.2. Before a
 * tag is moved or deleted they are asked again in the transaction that does it, so `If-Match` is a compare-and-swap.
 */
record Preconditions(Optional<String> ifMatch, Optional<String> ifNoneMatch) implements Expectation {
    static Preconditions of(Request request) {
        return new Preconditions(request.listHeader("If-Match"), request.listHeader("If-None-Match"));
    }

    @Override
    public boolean isMet(Optional<Digest> current) {
        return isMatched(current) && !isNoneMatched(current);
    }

    /** What a GET or HEAD is answered instead of the content; empty when it is to be had. */
    Optional<Answer> insteadOf(Digest current) {
        if (!isMatched(Optional.of(current))) {
            return Optional.of(failed(Optional.of(current)));
        }
        return isNoneMatched(Optional.of(current)) ? Optional.of(Answer.status(304)) : Optional.empty();
    }

    /** 412, with where it stands: who wants to try again needs not ask. */
    static Answer failed(Optional<Digest> current) {
        return current.map(digest -> Refusal.PRECONDITION_FAILED
                        .answer("it is at " + digest + " now; read it again")
                        .header("ETag", EntityTag.of(digest)))
                .orElseGet(() -> Refusal.PRECONDITION_FAILED.answer("it isn't there"));
    }

    private boolean isMatched(Optional<Digest> current) {
        return ifMatch.isEmpty()
                || current.map(digest -> EntityTag.of(digest).isStronglyAmong(ifMatch))
                        .orElse(false);
    }

    private boolean isNoneMatched(Optional<Digest> current) {
        return current.map(digest -> EntityTag.of(digest).isAmong(ifNoneMatch)).orElse(false);
    }
}
