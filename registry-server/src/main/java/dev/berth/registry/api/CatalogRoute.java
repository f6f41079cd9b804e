package dev.berth.registry.api;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.http.Answer;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.reference.RepositoryName;
import java.util.ArrayList;
import java.util.Optional;

/** The repositories that the caller may read (Docker's `_catalog`). */
record CatalogRoute(Repositories repositories, AccessControl access) {
    private static final int STEP = 1_000;

    Answer list(ApiRequest request) {
        var requested = RequestedPage.of(request);
        var page = visible(request.caller(), requested);
        var answer = Answer.json(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("repositories");
            for (var repository : page.items()) {
                json.writeString(repository.value());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return page.more() && !page.items().isEmpty()
                ? requested.linked(answer, page.items().getLast(), "")
                : answer;
    }

    /** Reads on until the page is full, so that hidden repositories leave no gaps that a caller could count. */
    private Page<RepositoryName> visible(Caller caller, RequestedPage requested) {
        var found = new ArrayList<RepositoryName>();
        var after = requested.last();
        while (true) {
            var step = repositories.list(new PageRequest(STEP, after));
            for (var repository : step.items()) {
                if (access.mayList(caller, repository.value())) {
                    if (found.size() == requested.limit()) {
                        return new Page<>(found, true);
                    }
                    found.add(repository);
                }
            }
            if (!step.more()) {
                return new Page<>(found, false);
            }
            after = Optional.of(step.items().getLast().value());
        }
    }
}
