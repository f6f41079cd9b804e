package dev.berth.registry.upstream.pull;

import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.Manifests;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.upstream.mirror.RequestedRepository;
import java.util.Optional;

/**
 * Finds the manifests that clients pull: in this registry and, for a repository below a mirror, at the upstream. For any thread; all methods
 * but {@link #remembered} block.
 */
public final class ManifestSource {
    private final Manifests stored;
    private final MirroredManifests mirrored;

    ManifestSource(Manifests stored, MirroredManifests mirrored) {
        this.stored = stored;
        this.mirrored = mirrored;
    }

    /** Returns a manifest that is in memory and known to be current, without blocking. Empty says nothing about whether it exists. */
    public Optional<Manifest> remembered(RequestedRepository repository, Reference reference) {
        return repository.mirrored().isPresent()
                ? mirrored.remembered(repository.mirrored().get(), reference)
                : stored.remembered(repository.name(), reference);
    }

    /** Returns the manifest; below a mirror, one that is not stored is fetched from the upstream. */
    public PulledManifest get(RequestedRepository repository, Reference reference, Requester requester)
            throws InterruptedException {
        return repository.mirrored().isPresent()
                ? mirrored.get(repository.mirrored().get(), reference, requester)
                : stored.get(repository.name(), reference)
                        .<PulledManifest>map(manifest -> new PulledManifest.Stored(manifest, false))
                        .orElseGet(PulledManifest.Missing::new);
    }
}
