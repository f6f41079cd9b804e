package dev.berth.registry.api;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.Decision;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.catalog.MountBlob;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.catalog.StartUpload;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.http.Refused;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.util.function.Predicate;

/**
 * Starts an upload (distribution-spec, "Pushing blobs"). It opens a session; with `?digest=` it takes the whole blob at once; with
 * `?mount=&from=` it takes no bytes if the other repository has the blob and the caller may read it. Without `from` it looks in any repository.
 */
record NewUploadRoute(PushBlob push, MountBlob mount, AccessControl access) {
    Answer start(ApiRequest request) throws InterruptedException {
        var repository = request.repository();
        var mounted = request.readable("mount", Digest::parse);
        if (mounted.isPresent() && mount(request, repository, mounted.get())) {
            return UploadAnswers.created(repository, mounted.get());
        }
        var digest = request.digestParameter("digest");
        return digest.isPresent()
                ? whole(request, repository, digest.get())
                : session(repository, request.caller(), algorithm(request));
    }

    /** Mounts the blob if that is possible. A repository that the caller may not read looks like one without the blob. */
    private boolean mount(ApiRequest request, RepositoryName repository, Digest digest) {
        Predicate<RepositoryName> readable =
                source -> access.decide(request.caller(), Action.PULL, source.value()) == Decision.ALLOWED;
        if (request.parameter("from").isEmpty()) {
            return mount.mountFromAny(repository, digest, readable);
        }
        return request.readable("from", RepositoryName::new)
                .filter(source -> readable.test(source) && mount.mount(repository, digest, source))
                .isPresent();
    }

    private Answer whole(ApiRequest request, RepositoryName repository, Digest digest) throws InterruptedException {
        try (var writer = push.startWhole(repository, digest.algorithm())) {
            request.contentLength().ifPresent(writer::announce);
            request.body().forEach(writer::write);
            return UploadAnswers.finished(repository, writer.finish(digest));
        }
    }

    private Answer session(RepositoryName repository, Caller caller, Algorithm algorithm) {
        return switch (push.start(repository, caller.name(), algorithm)) {
            case StartUpload.Started(var session) ->
                UploadAnswers.standing(202, repository, session.id(), session.offsetBytes());
            case StartUpload.TooMany(var limit) -> Refusal.UPLOADS_TOO_MANY.answer("the limit is " + limit);
        };
    }

    private static Algorithm algorithm(ApiRequest request) {
        return request.parameter("digest-algorithm")
                .map(name -> Algorithm.named(name)
                        .orElseThrow(() ->
                                new Refused(Refusal.DIGEST_INVALID, "the digest algorithm must be sha256 or sha512")))
                .orElse(Algorithm.SHA256);
    }
}
