package dev.berth.registry.api.admission;

import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import java.util.Optional;
import java.util.function.Function;

/** Answers the requests of one route of the distribution API that were admitted. */
@FunctionalInterface
public interface ApiEndpoint {
    /** Answers on a virtual thread: it may block. Throws {@link dev.berth.registry.http.Refused} for what cannot be read. */
    Answer answer(ApiRequest request) throws InterruptedException;

    /** The answer, if memory alone gives it. The event loop calls this, so it neither blocks nor reads the body. */
    default Optional<Answer> remembered(ApiRequest request) {
        return Optional.empty();
    }

    /** The answer for a repository that the caller may not read: the same as for one that does not exist. */
    default Answer hidden(ApiRequest request) {
        return Refusal.NAME_UNKNOWN.answer(request.repository().value());
    }

    /** An endpoint that always answers from memory. */
    static ApiEndpoint always(Answer answer) {
        return remembering(_ -> Optional.of(answer), _ -> answer);
    }

    /** An endpoint that looks in memory first. */
    static ApiEndpoint remembering(Function<ApiRequest, Optional<Answer>> memory, ApiEndpoint storage) {
        return new ApiEndpoint() {
            @Override
            public Answer answer(ApiRequest request) throws InterruptedException {
                return storage.answer(request);
            }

            @Override
            public Optional<Answer> remembered(ApiRequest request) {
                return memory.apply(request);
            }
        };
    }
}
