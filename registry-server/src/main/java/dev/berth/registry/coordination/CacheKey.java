package dev.berth.registry.coordination;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What servers keep in memory of the metadata. Whoever changes it in the database invalidates its key. */
public sealed interface CacheKey {
    /** The manifest that a tag names. */
    record TagKey(RepositoryName repository, Tag tag) implements CacheKey {}

    /** A manifest of a repository. */
    record ManifestKey(RepositoryName repository, Digest digest) implements CacheKey {}

    /** A blob of a repository: its size, the bytes of a small one, and when its lease was renewed. */
    record BlobKey(RepositoryName repository, Digest digest) implements CacheKey {}

    /** The keys of some tags of a repository. */
    static List<CacheKey> tags(RepositoryName repository, Collection<Tag> tags) {
        return tags.stream().<CacheKey>map(tag -> new TagKey(repository, tag)).toList();
    }

    /** The keys of a manifest and of the tags that are moved to it. */
    static List<CacheKey> manifest(RepositoryName repository, Digest digest, Collection<Tag> tags) {
        var keys = new ArrayList<CacheKey>(tags(repository, tags));
        keys.add(new ManifestKey(repository, digest));
        return keys;
    }
}
