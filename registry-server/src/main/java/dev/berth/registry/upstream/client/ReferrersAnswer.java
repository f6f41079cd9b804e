package dev.berth.registry.upstream.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.upstream.answer.AnsweredJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image index of what refers to a manifest. */
final class ReferrersAnswer {
    static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private static final int LARGEST = 4 * 1024 * 1024;

    private ReferrersAnswer() {}

    static List<UpstreamReferrer> read(UpstreamAnswer answer) throws InterruptedException {
        return read(answer.readAll(LARGEST)
                .orElseThrow(() -> answer.malformed("it sent a list of referrers of more than " + LARGEST + " bytes")));
    }

    static List<UpstreamReferrer> read(byte[] index) {
        try {
            var listed = AnsweredJson.object(index)
                    .map(object -> object.path("manifests"))
                    .filter(JsonNode::isArray)
                    .orElseThrow(ReferrersAnswer::noIndex);
            var found = new ArrayList<UpstreamReferrer>();
            for (var descriptor : listed) {
                found.add(referrer(descriptor));
            }
            return List.copyOf(found);
        } catch (InvalidReference e) {
            throw noIndex();
        }
    }

    private static UpstreamException noIndex() {
        return new UpstreamException(new UpstreamFailure.Malformed("what it sent as referrers is no index"));
    }

    /** Registries without such lists don't know the path: 404, or what else they say to that. */
    static boolean meansNoSuchList(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.Missing || failure instanceof UpstreamFailure.Refused;
    }

    private static UpstreamReferrer referrer(JsonNode descriptor) {
        return new UpstreamReferrer(
                Digest.parse(descriptor.path("digest").asText()),
                Optional.of(descriptor.path("artifactType").asText("")).filter(type -> !type.isEmpty()));
    }
}
