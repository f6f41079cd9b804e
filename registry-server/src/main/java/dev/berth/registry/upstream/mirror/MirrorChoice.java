package dev.berth.registry.upstream.mirror;

import dev.berth.protocol.mirror.KeptDigest;
import dev.berth.protocol.mirror.MirrorMode;
import dev.berth.protocol.mirror.MirrorSection;
import dev.berth.protocol.mirror.TagMovePolicy;
import dev.berth.protocol.name.DockerHub;
import dev.berth.registry.settings.Section;
import dev.berth.registry.upstream.images.ImageSelection;
import dev.berth.registry.upstream.images.KeptDigests;
import dev.berth.registry.upstream.images.MirroredImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which images a mirror keeps, and when it fetches them.
 *
 * @param syncRequest any text; when it changes, a scheduled mirror syncs at once
 * @param keep        images that are in use, such as `docker.io/library/nginx:1.27`; they are never pruned
 * @param keepDigests digests of the names of images that are in use ({@link KeptDigests}); these images are never pruned either
 */
public record MirrorChoice(
        MirrorMode mode,
        ImageSelection images,
        boolean includeReferrers,
        TagMovePolicy tagMovePolicy,
        boolean prune,
        Optional<String> syncRequest,
        List<String> keep,
        List<String> keepDigests) {
    /** Keeps every image of the upstream and fetches it when it is first pulled. */
    public static final MirrorChoice ON_DEMAND = new MirrorChoice(
            MirrorMode.ON_DEMAND,
            ImageSelection.ALL,
            false,
            TagMovePolicy.FOLLOW,
            false,
            Optional.empty(),
            List.of(),
            List.of());

    public MirrorChoice {
        keep = List.copyOf(keep);
        keepDigests = List.copyOf(keepDigests);
    }

    /** This choice for one upstream: for docker.io, `nginx` means `library/nginx`, as in Docker. */
    MirrorChoice at(String upstream) {
        var there = upstream.equals(DockerHub.HOST) ? images.withDockersShortNames() : images;
        return new MirrorChoice(mode, there, includeReferrers, tagMovePolicy, prune, syncRequest, keep, keepDigests);
    }

    static MirrorChoice from(Section section) {
        var mode = word(section, "mode", MirrorMode.values()).orElse(ON_DEMAND.mode);
        var images = section.sections("images", MirroredImage::from).orElse(List.of());
        if (mode == MirrorMode.SCHEDULED && images.isEmpty()) {
            throw section.wrong("images", "given with mode Scheduled: it lists the images to copy");
        }
        return new MirrorChoice(
                mode,
                new ImageSelection(images),
                section.flag("includeReferrers").orElse(ON_DEMAND.includeReferrers),
                word(section, "tagMovePolicy", TagMovePolicy.values()).orElse(ON_DEMAND.tagMovePolicy),
                section.flag("prune").orElse(ON_DEMAND.prune),
                section.text("syncRequest"),
                kept(section, "keep"),
                keptDigests(section));
    }

    private static List<String> keptDigests(Section section) {
        var digests = kept(section, "keepDigests");
        if (!digests.stream().allMatch(KeptDigest::isOne)) {
            throw section.wrong("keepDigests", "a list of digests, each of 32 lower-case hex digits");
        }
        return digests;
    }

    private static List<String> kept(Section section, String key) {
        var kept = section.texts(key).orElse(List.of());
        if (kept.size() > MirrorSection.MOST_KEPT) {
            throw section.wrong(key, "a list of at most " + MirrorSection.MOST_KEPT + " images, not " + kept.size());
        }
        return kept;
    }

    private static <E extends Enum<E>> Optional<E> word(Section section, String key, E[] words) {
        return section.text(key)
                .map(text -> Arrays.stream(words)
                        .filter(word -> word.toString().equals(text))
                        .findFirst()
                        .orElseThrow(() -> section.wrong(key, "one of " + Arrays.toString(words))));
    }
}
