package dev.berth.registry.transfer;

import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.util.List;
import java.util.Map;

/**
 * What an import will store in one repository.
 *
 * @param manifests those that can be read and parsed
 * @param tags      those that name one of these manifests
 * @param blobs     the sizes of the blobs that one of these manifests names and the source has
 */
public record RepositoryPlan(
        RepositoryName name, List<LinkFile> manifests, List<AdoptedTag> tags, Map<Digest, Long> blobs) {}
