package dev.berth.registry.http;

import dev.berth.registry.metadata.Page;
import dev.berth.registry.metadata.Tags;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;

/** The tags of a repository (distribution-spec, "Listing Tags"). */
record TagListRoute(Tags tags) {
    Answer list(Request request) {
        var repository = request.repository();
        var requested = RequestedPage.of(request);
        return tags.list(repository, requested.pageRequest())
                .map(page -> answer(repository, requested, page))
                .orElseGet(() -> Refusal.NAME_UNKNOWN.answer(repository.value()));
    }

    private static Answer answer(RepositoryName repository, RequestedPage requested, Page<Tag> page) {
        var answer = Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("name", repository.value());
            json.writeArrayFieldStart("tags");
            for (var tag : page.items()) {
                json.writeString(tag.value());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return page.more() && !page.items().isEmpty()
                ? requested.linked(answer, page.items().getLast(), "")
                : answer;
    }
}
