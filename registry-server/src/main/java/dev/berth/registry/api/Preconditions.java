package dev.berth.registry.api;

import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.metadata.manifest.Expectation;
import dev.berth.registry.reference.Digest;
import java.util.Optional;

/**
 * The conditions of a request, `If-Match` and `If-None-Match`, in the order of RFC 9110, 13.2.2. The transaction that moves or deletes a tag
 * checks them again, so `If-Match` is a compare-and-swap.
 */
record Preconditions(Optional<String> ifMatch, Optional<String> ifNoneMatch) implements Expectation {
    static Preconditions of(ApiRequest request) {
        return new Preconditions(request.listHeader("If-Match"), request.listHeader("If-None-Match"));
    }

    @Override
    public boolean isMet(Optional<Digest> current) {
        return isMatched(current) && !isNoneMatched(current);
    }

    /** The answer to a GET or HEAD instead of the content; empty when the content is to be sent. */
    Optional<Answer> insteadOf(Digest current) {
        if (!isMatched(Optional.of(current))) {
            return Optional.of(failed(Optional.of(current)));
        }
        return isNoneMatched(Optional.of(current)) ? Optional.of(Answer.status(304)) : Optional.empty();
    }

    /** A 412 with the current digest, so that a client can try again at once. */
    static Answer failed(Optional<Digest> current) {
        return current.map(digest -> Refusal.PRECONDITION_FAILED
                        .answer("the current digest is " + digest)
                        .header("ETag", EntityTag.of(digest)))
                .orElseGet(() -> Refusal.PRECONDITION_FAILED.answer("nothing is there"));
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
