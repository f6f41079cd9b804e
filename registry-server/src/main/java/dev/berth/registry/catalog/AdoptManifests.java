package dev.berth.registry.catalog;

import dev.berth.registry.metadata.AdoptedManifest;
import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.metadata.Manifest;
import dev.berth.registry.metadata.Manifests;
import dev.berth.registry.metadata.MirrorAdoptions;
import dev.berth.registry.metadata.Tags;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntBiFunction;

/** Takes over manifests and tags of another registry, many in one transaction. */
public final class AdoptManifests {

    private final ToIntBiFunction<RepositoryName, List<AdoptedManifest>> manifests;
    private final BiFunction<RepositoryName, List<AdoptedTag>, List<Tag>> tags;

    private AdoptManifests(
            ToIntBiFunction<RepositoryName, List<AdoptedManifest>> manifests,
            BiFunction<RepositoryName, List<AdoptedTag>, List<Tag>> tags) {
        this.manifests = manifests;
        this.tags = tags;
    }

    /** As a person's own, who may have moved tags here since: they stay. */
    static AdoptManifests of(Manifests manifests, Tags tags) {
        return new AdoptManifests(manifests::adopt, tags::adopt);
    }

    /** As a mirror's: its tags move, but for those that people have set here. */
    static AdoptManifests of(MirrorAdoptions mirrored) {
        return new AdoptManifests(mirrored::manifests, mirrored::tags);
    }

    /** Reads a manifest's bytes, which say by themselves what they are; that they have this digest is checked. */
    public static ReadManifest read(Digest digest, byte[] bytes) {
        Digest actual = digest.algorithm().digestOf(bytes);
        if (!actual.equals(digest)) {
            return new ReadManifest.Unreadable("its bytes are those of " + actual);
        }
        try {
            return switch (ManifestForm.of(bytes)) {
                case ManifestForm.Schema1 old -> new ReadManifest.Schema1();
                case ManifestForm.Typed typed -> {
                    ParsedManifest parsed = ManifestParser.parseKept(new ManifestBody(typed.mediaType(), bytes));
                    yield new ReadManifest.Understood(
                            new Manifest(parsed.type().mediaType(), digest, bytes), parsed.links());
                }
            };
        } catch (MalformedManifest e) {
            return new ReadManifest.Unreadable(e.sentence());
        }
    }

    /** Stores them; what they name may be missing. Says how many were not here. */
    public int store(RepositoryName repository, List<AdoptedManifest> adopted) {
        return manifests.applyAsInt(repository, adopted);
    }

    /** Sets tags on manifests that are here; says which stand on another manifest, and stay there. */
    public List<Tag> tag(RepositoryName repository, List<AdoptedTag> adopted) {
        return tags.apply(repository, adopted);
    }
}
