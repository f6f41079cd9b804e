package dev.berth.registry.api;

import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.metadata.manifest.Tags;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.pull.MirroredList;
import dev.berth.registry.upstream.pull.MirroredLists;
import java.util.List;

/** Lists the tags of a repository (distribution-spec, "Listing Tags"), with those of the upstream if it is mirrored on demand. */
record TagListRoute(Tags tags, MirroredLists mirrored, UpstreamAnswers answers) {
    Answer list(ApiRequest request) throws InterruptedException {
        var repository = request.repository();
        var requested = RequestedPage.of(request);
        var there = mirrored.tags(request.requested(), UpstreamAnswers.requester(request));
        var here = tags.list(repository, requested.pageRequest());
        if (here.isEmpty() && there instanceof MirroredList.Unknown<Tag>(var why)) {
            return answers.of(request, why, Refusal.NAME_UNKNOWN, repository);
        }
        var listed = there.itemsIfKnown();
        return here.isEmpty() && listed.isEmpty()
                ? Refusal.NAME_UNKNOWN.answer(repository.value())
                : answer(
                        repository,
                        requested,
                        MergedPage.of(
                                requested.pageRequest(),
                                here.orElseGet(() -> new Page<>(List.of(), false)),
                                listed,
                                Tag::value));
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
