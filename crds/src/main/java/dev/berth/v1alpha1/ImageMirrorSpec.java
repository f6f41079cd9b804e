package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The upstream and the images that an ImageMirror copies, and the Registry that stores them. */
@JsonClassDescription("The desired state: which images to mirror, from where, and in which Registry.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.mode != 'Scheduled' || (has(self.images) && size(self.images) > 0)",
        fieldPath = ".images",
        message = "mode Scheduled needs images: the repositories to copy")
@ValidationRule(
        value = "self.mode != 'Scheduled' || !has(self.images) || self.images.all(image,"
                + " !image.repository.endsWith('*'))",
        fieldPath = ".images",
        message = "mode Scheduled needs repositories by name; a pattern such as library/* is only allowed with mode"
                + " OnDemand")
@ValidationRule(
        value = "self.registryRef.name == oldSelf.registryRef.name && self.upstream.host == oldSelf.upstream.host",
        message = "registryRef.name and upstream.host cannot change; create another ImageMirror and delete this one")
@ValidationRule(
        value = "self.interval.matches('" + DurationText.GRAMMAR + "')",
        fieldPath = ".interval",
        message = "an interval is written as hours, minutes and seconds in this order, such as 1h30m")
@ValidationRule(
        value = "!self.interval.matches('" + DurationText.GRAMMAR + "') || duration(self.interval) >= duration('10s')",
        fieldPath = ".interval",
        message = "an interval is at least 10s")
@ValidationRule(
        value = "!has(self.images) || size(self.images) > 0",
        fieldPath = ".images",
        message = "images is empty; leave it out to mirror every image, or name at least one")
@ValidationRule(
        value = "!self.servePrivateImagesToAnyone || has(self.upstream.credentialsSecretRef)",
        fieldPath = ".servePrivateImagesToAnyone",
        message = "servePrivateImagesToAnyone needs upstream.credentialsSecretRef: without credentials all images are"
                + " public and served to anyone")
@ValidationRule(
        value = "!has(self.nodes) || !self.nodes.enabled"
                + " || !self.upstream.host.matches('[.]svc([.]cluster[.]local)?(:[0-9]+)?$')",
        fieldPath = ".nodes.enabled",
        message =
                "a host that ends with .svc is a Service of this cluster, and on nodes its name belongs to the Registry"
                        + " that runs there; nodes.enabled must be false")
public record ImageMirrorSpec(
        @Required @JsonPropertyDescription("The Registry in the same namespace that stores the images.")
        RegistryReference registryRef,

        @Required @JsonPropertyDescription("The registry that the images come from.")
        Upstream upstream,

        @Default("OnDemand")
        @JsonPropertyDescription(
                "OnDemand: the mirror fetches and stores an image when somebody first pulls it. Scheduled: the"
                        + " mirror copies the images every interval, even if nobody pulls them.")
        Mode mode,

        @Size(max = 256)
        @JsonPropertyDescription(
                "Which images to mirror. Absent with mode OnDemand: every image of the upstream that somebody pulls.")
        List<MirroredImage> images,

        @Size(max = DurationText.LONGEST)
        @Default("1h")
        @JsonPropertyDescription("Time between two copies of a scheduled mirror, such as 30m. On demand: the time that"
                + " a fetched tag is served before the mirror asks the upstream again.")
        String interval,

        @Default("false")
        @JsonPropertyDescription("Whether the mirror also copies signatures, attestations and SBOMs of an image.")
        Boolean includeReferrers,

        @Default("Follow")
        @JsonPropertyDescription(
                "What to do when the upstream moves a tag. Follow: the mirror moves it too. Keep: the mirror's"
                        + " tag stays as it was first copied.")
        TagMovePolicy tagMovePolicy,

        @Default("false")
        @JsonPropertyDescription("Whether the mirror deletes tags that the upstream no longer has or the spec no longer"
                + " selects. It never deletes a tag that a pod uses or that a user pushed.")
        Boolean prune,

        @Default("false")
        @JsonPropertyDescription(
                "Danger: if true, everybody who can reach the Registry, including every pod and node, can pull"
                        + " the images that upstream.credentialsSecretRef can read. They need no password, see the"
                        + " names of the images in catalogs and can mount their layers. If false, the Registry's access"
                        + " rules decide, and a pod also gets what its own login for the upstream may read there.")
        Boolean servePrivateImagesToAnyone,

        @Default("false")
        @JsonPropertyDescription("If true, the mirror fetches and copies nothing. It still serves stored images.")
        Boolean paused,

        @Default("{}") @JsonPropertyDescription("Whether nodes pull images of the upstream from the mirror.")
        MirrorNodes nodes,

        @Nullable
        @JsonPropertyDescription(
                "How much the mirror may store. At the limit it fetches nothing new and still serves what"
                        + " it stores. Absent: as much as the Registry has space for.")
        Quota quota,

        @Default("false")
        @JsonPropertyDescription(
                "Whether the mirror also fetches images for clients from outside the cluster that do not log in,"
                        + " if the Registry is exposed. If false, they get only stored images. The mirror always"
                        + " fetches for nodes and pods.")
        Boolean anonymousFetchFromOutside) {
    public ImageMirrorSpec {
        Objects.requireNonNull(registryRef, "registryRef");
        Objects.requireNonNull(upstream, "upstream");
        mode = mode == null ? Mode.ON_DEMAND : mode;
        images = images == null ? List.of() : List.copyOf(images);
        interval = interval == null ? "1h" : interval;
        DurationText.parse(interval);
        includeReferrers = includeReferrers != null && includeReferrers;
        tagMovePolicy = tagMovePolicy == null ? TagMovePolicy.FOLLOW : tagMovePolicy;
        prune = prune != null && prune;
        servePrivateImagesToAnyone = servePrivateImagesToAnyone != null && servePrivateImagesToAnyone;
        paused = paused != null && paused;
        nodes = nodes == null ? MirrorNodes.DEFAULT : nodes;
        anonymousFetchFromOutside = anonymousFetchFromOutside != null && anonymousFetchFromOutside;
    }

    /** When images are fetched. */
    public enum Mode {
        @JsonProperty("OnDemand")
        ON_DEMAND,

        @JsonProperty("Scheduled")
        SCHEDULED
    }

    /** Whether a mirrored tag follows when the upstream moves it. */
    public enum TagMovePolicy {
        @JsonProperty("Follow")
        FOLLOW,

        @JsonProperty("Keep")
        KEEP
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

    /** Whether nodes pull from a mirror, and what they pull before a pod needs it. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = Nodes.SELECTOR_NEEDS_PRELOAD,
            fieldPath = ".selector",
            message = Nodes.SELECTOR_NEEDS_PRELOAD_MESSAGE)
    @ValidationRule(
            value = "!has(self.preload) || size(self.preload) == 0 || self.enabled",
            fieldPath = ".preload",
            message = "preload needs enabled: true, because nodes would pull the images from the upstream itself")
    public record MirrorNodes(
            @Default("false")
            @JsonPropertyDescription(
                    "Whether pods that name the upstream, such as docker.io/library/nginx:1, get the image"
                            + " from the mirror without a change to their YAML. Takes effect when an administrator"
                            + " has trusted the namespace with mirrors. If the mirror does not answer, nodes pull"
                            + " from the upstream.")
            Boolean enabled,

            @Nullable
            @JsonPropertyDescription("The nodes that pull the images of preload, by their labels. Absent: every node.")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            NodeSelector selector,

            @Size(max = PreloadedImage.MOST)
            @JsonPropertyDescription(
                    "Images of the upstream that nodes pull before a pod needs them, without the host, such as"
                            + " library/nginx:1.27. Takes effect when an administrator has trusted the namespace"
                            + " with preload. The condition Preloaded gives the command.")
            List<@Size(min = 1, max = PreloadedImage.LONGEST) @Pattern(PreloadedImage.GRAMMAR) String> preload) {
        public static final MirrorNodes DEFAULT = new MirrorNodes(false, null, List.of());

        public MirrorNodes {
            enabled = enabled != null && enabled;
            preload = preload == null ? List.of() : List.copyOf(preload);
        }
    }
}
