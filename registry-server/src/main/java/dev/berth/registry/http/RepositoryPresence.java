package dev.berth.registry.http;

import dev.berth.registry.metadata.Repositories;
import dev.berth.registry.reference.RepositoryName;

/** Says what is missing: the repository itself, or something in it. A repository that may not be read gets the same answer as none. */
record RepositoryPresence(Repositories repositories) {
    /** @param inside the refusal for a repository that is there */
    Answer missing(RepositoryName repository, Refusal inside, Object what) {
        return repositories.exists(repository)
                ? inside.answer(what.toString())
                : Refusal.NAME_UNKNOWN.answer(repository.value());
    }
}
