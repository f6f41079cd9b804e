package dev.berth.registry.api;

import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.reference.RepositoryName;

/** Tells whether a repository is missing, or only something in it. */
record RepositoryPresence(Repositories repositories) {
    /**
     * The answer for content that is missing.
     *
     * @param inside the refusal if the repository exists
     */
    Answer missing(RepositoryName repository, Refusal inside, Object what) {
        return repositories.exists(repository)
                ? inside.answer(what.toString())
                : Refusal.NAME_UNKNOWN.answer(repository.value());
    }
}
