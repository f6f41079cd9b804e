package dev.berth.registry.api;

import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.manifest.ManifestBody;
import dev.berth.registry.metadata.manifest.Condition;
import dev.berth.registry.metadata.manifest.PutManifest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Storing a manifest (distribution-spec, "Pushing Manifests", "Pushing Manifests with Subject"). */
record NewManifestRoute(PushManifest push, ManifestRoom room) {
    /** An answer names this many missing references at most. */
    private static final int MOST_ERRORS = 100;

    Answer put(ApiRequest request) throws InterruptedException {
        var repository = request.repository();
        var reference = request.reference();
        // `?tag=` works only with a digest, which says what all these tags will name.
        var tags = reference instanceof Digest ? Set.copyOf(request.tagParameters("tag")) : Set.<Tag>of();
        if (request.contentLength().orElse(0L) > PushManifest.LIMIT_BYTES) {
            return tooLarge(PushManifest.LIMIT_BYTES);
        }
        var place = room.take(request.contentLength());
        if (place.isEmpty()) {
            return Refusal.MANIFESTS_BUSY.answer().retryAfter(Duration.ofSeconds(1));
        }
        try (var _ = place.get()) {
            return put(request, repository, new Condition(reference, Preconditions.of(request)), tags);
        }
    }

    private Answer put(ApiRequest request, RepositoryName repository, Condition condition, Set<Tag> tags)
            throws InterruptedException {
        return request.body()
                .readAll(PushManifest.LIMIT_BYTES)
                .map(bytes -> new ManifestBody(request.header("Content-Type"), bytes))
                .map(body -> push.put(repository, condition, body, tags))
                .map(outcome -> {
                    if (outcome instanceof PutManifest.Stored stored) {
                        request.record().pushed(stored.digest());
                    }
                    return answer(repository, outcome);
                })
                .orElseGet(() -> tooLarge(PushManifest.LIMIT_BYTES));
    }

    private static Answer answer(RepositoryName repository, PutManifest outcome) {
        return switch (outcome) {
            case PutManifest.Stored stored -> stored(repository, stored);
            case PutManifest.MissingReferences missing ->
                Refusal.MANIFEST_REFERENCES_UNKNOWN.answer(
                        Stream.concat(missing.blobs().stream(), missing.manifests().stream())
                                .limit(MOST_ERRORS)
                                .map(Digest::toString)
                                .toList());
            case PutManifest.DigestMismatch(var announced, var actual) -> UploadAnswers.mismatch(announced, actual);
            case PutManifest.TagMoved(var current) -> Preconditions.failed(current);
            case PutManifest.Malformed(var sentence) -> Refusal.MANIFEST_INVALID.answer(sentence);
            case PutManifest.TooLarge(var limitBytes) -> tooLarge(limitBytes);
        };
    }

    private static Answer stored(RepositoryName repository, PutManifest.Stored stored) {
        var answer = Answer.status(201)
                .header("Location", "/v2/" + repository + "/manifests/" + stored.digest())
                .header("Docker-Content-Digest", stored.digest())
                .header("ETag", EntityTag.of(stored.digest()));
        for (var tag : new TreeSet<>(stored.tags())) {
            answer = answer.header("OCI-Tag", tag);
        }
        return stored.subject().isPresent()
                ? answer.header("OCI-Subject", stored.subject().get())
                : answer;
    }

    private static Answer tooLarge(int limitBytes) {
        return Refusal.MANIFEST_TOO_LARGE.answer("the limit is " + limitBytes + " bytes");
    }
}
