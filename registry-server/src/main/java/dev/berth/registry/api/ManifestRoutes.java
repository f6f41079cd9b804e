package dev.berth.registry.api;

import dev.berth.registry.api.admission.ApiEndpoint;
import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Body;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.metadata.manifest.DeleteTag;
import dev.berth.registry.metadata.manifest.Descriptor;
import dev.berth.registry.metadata.manifest.Expectation;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.Manifests;
import dev.berth.registry.metadata.manifest.Tags;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.pull.ManifestSource;
import dev.berth.registry.upstream.pull.PulledManifest;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reading and deleting manifests (distribution-spec, "Pulling manifests", "Deleting Manifests", "Deleting tags"). */
record ManifestRoutes(
        ManifestSource source, Manifests manifests, Tags tags, RepositoryPresence presence, UpstreamAnswers upstreams) {
    ApiEndpoint get() {
        return reading((request, manifest) -> instead(request, manifest.digest())
                .orElseGet(() -> described(200, manifest.digest())
                        .with(new Body.Bytes(manifest.mediaType(), manifest.bytes()))));
    }

    ApiEndpoint head() {
        return reading((request, manifest) ->
                instead(request, manifest.digest()).orElseGet(() -> announced(manifest.descriptor())));
    }

    private ApiEndpoint reading(BiFunction<ApiRequest, Manifest, Answer> answer) {
        return ApiEndpoint.remembering(
                request -> request.possibleReference()
                        .flatMap(reference -> source.remembered(request.requested(), reference))
                        .map(manifest -> answer.apply(request, manifest)),
                request -> request.possibleReference().isPresent()
                        ? read(request, answer)
                        : Refusal.MANIFEST_UNKNOWN.answer("this is neither a tag nor a digest"));
    }

    private Answer read(ApiRequest request, BiFunction<ApiRequest, Manifest, Answer> answer)
            throws InterruptedException {
        var reference = request.reference();
        return switch (source.get(request.requested(), reference, UpstreamAnswers.requester(request))) {
            case PulledManifest.Stored(var manifest, var _) -> answer.apply(request, manifest);
            case PulledManifest.Missing() ->
                presence.missing(request.repository(), Refusal.MANIFEST_UNKNOWN, reference);
            case PulledManifest.Failed(var why) -> upstreams.of(request, why, Refusal.MANIFEST_UNKNOWN, reference);
        };
    }

    /** Deletes a manifest with all its tags if the reference is a digest, and only the tag if it is a tag. */
    Answer delete(ApiRequest request) {
        var repository = request.repository();
        var reference = request.reference();
        var expectation = Preconditions.of(request);
        var outcome = switch (reference) {
            case Digest digest -> delete(repository, digest, expectation);
            case Tag tag -> tags.delete(repository, tag, expectation);
        };
        return switch (outcome) {
            case DeleteTag.Deleted() -> Answer.status(202);
            case DeleteTag.Unknown() -> presence.missing(repository, Refusal.MANIFEST_UNKNOWN, reference);
            case DeleteTag.Moved(var current) -> Preconditions.failed(Optional.of(current));
        };
    }

    /** Whether a condition on a digest holds is known without a look at the database: a digest always names itself. */
    private DeleteTag delete(RepositoryName repository, Digest digest, Expectation expectation) {
        if (!expectation.isMet(Optional.of(digest))) {
            return manifests.get(repository, digest).isPresent()
                    ? new DeleteTag.Moved(digest)
                    : new DeleteTag.Unknown();
        }
        return manifests.delete(repository, digest) ? new DeleteTag.Deleted() : new DeleteTag.Unknown();
    }

    private static Optional<Answer> instead(ApiRequest request, Digest digest) {
        return Preconditions.of(request)
                .insteadOf(digest)
                .map(answer -> answer.status() == 304 ? described(304, digest) : answer);
    }

    private static Answer announced(Descriptor descriptor) {
        return described(200, descriptor.digest())
                .with(new Body.Announced(descriptor.mediaType(), descriptor.sizeBytes()));
    }

    private static Answer described(int status, Digest digest) {
        return Answer.status(status).header("Docker-Content-Digest", digest).header("ETag", EntityTag.of(digest));
    }
}
