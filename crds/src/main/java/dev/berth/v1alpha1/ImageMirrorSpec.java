package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which images of which registry are kept where. */
@JsonClassDescription("Which images of which registry are kept where.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.mode != 'Scheduled' || (has(self.images) && size(self.images) > 0)",
        fieldPath = ".images",
        message = "a scheduled mirror has to be told which images to copy")
@ValidationRule(
        value =
                "self.mode != 'Scheduled' || !has(self.images) || self.images.all(image, !image.repository.endsWith('*'))",
        fieldPath = ".images",
        message = "a scheduled mirror copies repositories by their names; library/* goes with mode OnDemand")
@ValidationRule(
        value = "self.registryRef.name == oldSelf.registryRef.name && self.upstream.host == oldSelf.upstream.host",
        message = "a mirror keeps its registry and its upstream's host; make another one, and delete this one")
@ValidationRule(
        value = "self.interval.matches('" + DurationText.GRAMMAR + "')",
        fieldPath = ".interval",
        message = "an interval is written as hours, minutes and seconds in this order, such as 1h30m")
@ValidationRule(
        value = "!self.interval.matches('" + DurationText.GRAMMAR + "') || duration(self.interval) >= duration('10s')",
        fieldPath = ".interval",
        message = "an interval is 10s at least")
@ValidationRule(
        value = "!has(self.images) || size(self.images) > 0",
        fieldPath = ".images",
        message = "images is empty; leave it out to mirror every image, or name at least one")
@ValidationRule(
        value = "!self.servePrivateImagesToAnyone || has(self.upstream.credentialsSecretRef)",
        fieldPath = ".servePrivateImagesToAnyone",
        message = "without upstream.credentialsSecretRef there are no private images: what the upstream gives to anyone"
                + " is served to anyone as it is")
public record ImageMirrorSpec(
        @Required @JsonPropertyDescription("The Registry, in the same namespace, that keeps the images.")
        RegistryReference registryRef,

        @Required @JsonPropertyDescription("The registry that the images come from.")
        Upstream upstream,

        @Default("OnDemand")
        @JsonPropertyDescription(
                "OnDemand: an image is fetched when it is first asked for, and kept. Scheduled: images are copied every"
                        + " interval, whether asked for or not.")
        Mode mode,

        @Size(max = 256)
        @JsonPropertyDescription(
                "Which images. Absent with mode OnDemand: every image of the upstream that somebody asks for.")
        List<MirroredImage> images,

        @Size(max = DurationText.LONGEST)
        @Default("1h")
        @JsonPropertyDescription(
                "How often a scheduled mirror copies, and for how long a fetched tag is believed before the upstream is"
                        + " asked again, such as 30m.")
        String interval,

        @Default("false")
        @JsonPropertyDescription("Whether signatures, attestations and SBOMs that refer to an image come along.")
        Boolean includeReferrers,

        @Default("Follow")
        @JsonPropertyDescription(
                "What happens when a tag moves upstream. Follow: it moves here too. Keep: it stays at what was copied first.")
        TagMovePolicy tagMovePolicy,

        @Default("false")
        @JsonPropertyDescription(
                "Whether a tag that is gone upstream, or no longer selected, is removed here; never one that a"
                        + " pod uses, nor what a person pushed.")
        Boolean prune,

        @Default("false")
        @JsonPropertyDescription(
                "Danger: with true, everyone who reaches the Registry, every pod and every node included, pulls without a"
                        + " password what the credentials in upstream.credentialsSecretRef open, sees its names in"
                        + " catalogs and mounts its layers. With false, images that needed credentials are served by the"
                        + " Registry's access rules alone.")
        Boolean servePrivateImagesToAnyone,

        @Default("false")
        @JsonPropertyDescription(
                "With true nothing is fetched or copied until it is false again; what is kept is served all the while.")
        Boolean paused,

        @Default("{}")
        @JsonPropertyDescription("Whether nodes ask the mirror for images that are named by the upstream's host.")
        MirrorNodes nodes,

        @Nullable
        @JsonPropertyDescription(
                "How much the mirror may keep. At the limit nothing new is fetched, and what is kept is"
                        + " served on. Absent: as much as the Registry has room for.")
        Quota quota,

        @Default("false")
        @JsonPropertyDescription(
                "Whether clients from outside the cluster make the mirror fetch images without a password,"
                        + " where the Registry is exposed. Nodes and pods always may. With false, outside clients without a password"
                        + " get what is kept already.")
        Boolean anonymousFetchFromOutside) {

    public ImageMirrorSpec {
        Objects.requireNonNull(registryRef, "registryRef");
        Objects.requireNonNull(upstream, "upstream");
        mode = mode == null ? Mode.OnDemand : mode;
        images = images == null ? List.of() : List.copyOf(images);
        interval = interval == null ? "1h" : interval;
        DurationText.parse(interval);
        includeReferrers = includeReferrers != null && includeReferrers;
        tagMovePolicy = tagMovePolicy == null ? TagMovePolicy.Follow : tagMovePolicy;
        prune = prune != null && prune;
        servePrivateImagesToAnyone = servePrivateImagesToAnyone != null && servePrivateImagesToAnyone;
        paused = paused != null && paused;
        nodes = nodes == null ? MirrorNodes.DEFAULT : nodes;
        anonymousFetchFromOutside = anonymousFetchFromOutside != null && anonymousFetchFromOutside;
    }

    /** When images are fetched. */
    public enum Mode {
        OnDemand,
        Scheduled
    }

    /** What happens to a copied tag when the upstream's moves. */
    public enum TagMovePolicy {
        Follow,
        Keep
    }

    /** A Registry by its name. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RegistryReference(
            @Required
            @Size(min = 1, max = 40)
            @Pattern(ObjectName.GRAMMAR)
            @JsonPropertyDescription("Name of the Registry, in the same namespace.")
            String name) {

        public RegistryReference {
            Objects.requireNonNull(name, "name");
        }
    }

    /** What nodes are told about a mirror. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record MirrorNodes(
            @Default("false")
            @JsonPropertyDescription(
                    "Whether pods that name the upstream, such as docker.io/library/nginx:1, are served by the mirror"
                            + " without a change to their YAML. Takes effect once an administrator has trusted the"
                            + " namespace with mirrors; the upstream stays the fall-back.")
            Boolean enabled) {

        public static final MirrorNodes DEFAULT = new MirrorNodes(false);

        public MirrorNodes {
            enabled = enabled != null && enabled;
        }
    }
}
