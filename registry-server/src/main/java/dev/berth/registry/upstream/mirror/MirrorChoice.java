package dev.berth.registry.upstream.mirror;

import dev.berth.registry.settings.Section;
import dev.berth.registry.upstream.images.ImageSelection;
import dev.berth.registry.upstream.images.MirroredImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a mirror keeps, and when it fetches.
 *
 * @param syncRequest any text; when it's another, a scheduled mirror syncs at once
 * @param keep        images that somebody uses, `docker.io/library/nginx:1.27`: never pruned
 */
public record MirrorChoice(
        MirrorMode mode,
        ImageSelection images,
        boolean includeReferrers,
        TagMovePolicy tagMovePolicy,
        boolean prune,
        Optional<String> syncRequest,
        List<String> keep) {
    /** Everything, when it's asked for. */
    public static final MirrorChoice ON_DEMAND = new MirrorChoice(
            MirrorMode.ON_DEMAND, ImageSelection.ALL, false, TagMovePolicy.FOLLOW, false, Optional.empty(), List.of());

    public MirrorChoice {
        keep = List.copyOf(keep);
    }

    static MirrorChoice from(Section section) {
        var mode = word(section, "mode", MirrorMode.values()).orElse(ON_DEMAND.mode);
        var images = section.sections("images", MirroredImage::from).orElse(List.of());
        if (mode == MirrorMode.SCHEDULED && images.isEmpty()) {
            throw section.wrong("images", "given with mode Scheduled: it says what to copy");
        }
        return new MirrorChoice(
                mode,
                new ImageSelection(images),
                section.flag("includeReferrers").orElse(ON_DEMAND.includeReferrers),
                word(section, "tagMovePolicy", TagMovePolicy.values()).orElse(ON_DEMAND.tagMovePolicy),
                section.flag("prune").orElse(ON_DEMAND.prune),
                section.text("syncRequest"),
                section.texts("keep").orElse(ON_DEMAND.keep));
    }

    private static <E extends Enum<E>> Optional<E> word(Section section, String key, E[] words) {
        return section.text(key)
                .map(text -> Arrays.stream(words)
                        .filter(word -> word.toString().equals(text))
                        .findFirst()
                        .orElseThrow(() -> section.wrong(key, "one of " + Arrays.toString(words))));
    }
}
