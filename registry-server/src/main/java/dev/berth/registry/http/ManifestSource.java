package dev.berth.registry.http;

import dev.berth.registry.metadata.Manifest;
import dev.berth.registry.metadata.Manifests;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.mirror.MirroredRepository;
import dev.berth.registry.upstream.mirror.PullThrough;
import dev.berth.registry.upstream.mirror.PulledManifest;
import java.util.Optional;
import java.util.function.Function;

/** Where manifests come from: this registry, or through it another one that is mirrored here. */
record ManifestSource(
        Manifests manifests, PullThrough mirrored, RepositoryPresence presence, UpstreamAnswers upstreams) {
    /** What memory gives and need not be asked for. */
    Optional<Manifest> remembered(RepositoryName repository, Reference reference) {
        return mirrored.mirrors()
                .find(repository)
                .map(other -> mirrored.manifests().remembered(other, reference))
                .orElseGet(() -> manifests.remembered(repository, reference));
    }

    Answer answer(Request request, Function<Manifest, Answer> found) throws InterruptedException {
        var repository = request.repository();
        var reference = request.reference();
        var other = mirrored.mirrors().find(repository);
        return other.isPresent()
                ? through(request, other.get(), reference, found)
                : manifests
                        .get(repository, reference)
                        .map(found)
                        .orElseGet(() -> presence.missing(repository, Refusal.MANIFEST_UNKNOWN, reference));
    }

    private Answer through(
            Request request, MirroredRepository repository, Reference reference, Function<Manifest, Answer> found)
            throws InterruptedException {
        return switch (mirrored.manifests().get(repository, reference, UpstreamAnswers.requester(request))) {
            case PulledManifest.Found(var manifest, var _) -> found.apply(manifest);
            case PulledManifest.Failed(var why) ->
                upstreams.of(request, repository, why, Refusal.MANIFEST_UNKNOWN, reference);
        };
    }
}
