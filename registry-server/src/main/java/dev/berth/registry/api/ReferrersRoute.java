package dev.berth.registry.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.api.admission.ApiEndpoint;
import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.JsonBody;
import dev.berth.registry.metadata.manifest.Referrer;
import dev.berth.registry.metadata.manifest.Referrers;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.upstream.pull.MirroredList;
import dev.berth.registry.upstream.pull.MirroredLists;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Lists the manifests that name another one as their subject, as an image index (distribution-spec, "Listing Referrers"). For a repository
 * that is mirrored on demand the list includes those of the upstream.
 */
record ReferrersRoute(Referrers referrers, MirroredLists mirrored, UpstreamAnswers answers) implements ApiEndpoint {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    @Override
    public Answer answer(ApiRequest request) throws InterruptedException {
        var repository = request.repository();
        var subject = request.digest();
        var requested = RequestedPage.of(request);
        var type = request.parameter("artifactType").filter(text -> !text.isEmpty());
        var here = type.isPresent()
                ? referrers.list(repository, subject, type.get(), requested.pageRequest())
                : referrers.list(repository, subject, requested.pageRequest());
        var there = mirrored.referrers(request.requested(), subject, UpstreamAnswers.requester(request));
        if (here.items().isEmpty() && there instanceof MirroredList.Unknown<Referrer>(var why)) {
            return answers.ofList(request, why, subject);
        }
        var listed = there.itemsIfKnown().stream()
                .filter(referrer -> type.isEmpty() || type.equals(referrer.artifactType()))
                .toList();
        return answer(requested, type, MergedPage.of(requested.pageRequest(), here, listed, ReferrersRoute::name));
    }

    private static String name(Referrer referrer) {
        return referrer.descriptor().digest().toString();
    }

    private static Answer answer(RequestedPage requested, Optional<String> type, Page<Referrer> page) {
        var answer = index(page);
        if (type.isPresent()) {
            answer = answer.header("OCI-Filters-Applied", "artifactType");
        }
        return page.more() && !page.items().isEmpty()
                ? requested.linked(
                        answer,
                        page.items().getLast().descriptor().digest(),
                        type.map(text -> "&artifactType=" + RequestedPage.encode(text))
                                .orElse(""))
                : answer;
    }

    /** An empty list, which is also the answer for a repository that does not exist. */
    @Override
    public Answer hidden(ApiRequest request) {
        request.digest(); // a text that is no digest is refused here too
        return index(new Page<>(List.of(), false));
    }

    private static Answer index(Page<Referrer> page) {
        return Answer.status(200).with(JsonBody.of(INDEX, json -> {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", INDEX);
            json.writeArrayFieldStart("manifests");
            for (var referrer : page.items()) {
                write(json, referrer);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void write(JsonGenerator json, Referrer referrer) throws IOException {
        json.writeStartObject();
        json.writeStringField("mediaType", referrer.descriptor().mediaType());
        json.writeStringField("digest", referrer.descriptor().digest().toString());
        json.writeNumberField("size", referrer.descriptor().sizeBytes());
        if (referrer.artifactType().isPresent()) {
            json.writeStringField("artifactType", referrer.artifactType().get());
        }
        if (referrer.annotations().isPresent()) {
            json.writeFieldName("annotations");
            json.writeRawValue(referrer.annotations().get());
        }
        json.writeEndObject();
    }
}
