package dev.berth.registry.transfer;

import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.util.List;
import java.util.Map;

/**
 * What is to be taken over of one repository.
 *
 * @param manifests those that can be read
 * @param tags      those that stand on one of them
 * @param blobs     those that one of them names and the repository has, with their sizes
 */
public record RepositoryPlan(
        RepositoryName name, List<LinkFile> manifests, List<AdoptedTag> tags, Map<Digest, Long> blobs) {}
