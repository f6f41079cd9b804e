package dev.berth.operator.mirror;

import dev.berth.operator.mirror.Given.File;
import dev.berth.operator.mirror.Given.Nothing;
import dev.berth.operator.mirror.Given.Refused;
import dev.berth.operator.registry.ServerMirrors;
import dev.berth.protocol.mirror.KeptDigest;
import dev.berth.protocol.mirror.MirrorMode;
import dev.berth.protocol.mirror.MirrorSection;
import dev.berth.protocol.mirror.MirrorSection.Credentials;
import dev.berth.protocol.mirror.MirrorSection.Image;
import dev.berth.protocol.mirror.MirrorSection.Tags;
import dev.berth.protocol.mirror.TagMovePolicy;
import dev.berth.protocol.name.DockerHub;
import dev.berth.v1alpha1.DurationText;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorSpec;
import dev.berth.v1alpha1.ImageMirrorSpec.Mode;
import dev.berth.v1alpha1.MirroredImage;
import dev.berth.v1alpha1.Upstream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One mirror as its server is told of it. A mirror that can't do what its spec says is paused: what it has kept is served
 * as before, to the same people, and nothing is fetched. Pure.
 *
 * @param settings an entry of the section `mirrors` of the server's configuration
 * @param files that the entry names, by their names in {@link ServerMirrors#FOLDER}
 */
record MirrorEntry(Map<String, Object> settings, Map<String, String> files) {

    /** An annotation of a mirror: whenever its value becomes another, it copies at once. */
    static final String SYNC_NOW = "berth.dev/sync-now";

    private static final int LONGEST_REQUEST = 256;
    private static final String LOGIN = ".json";
    private static final String AUTHORITY = ".crt";

    /**
     * What a server is told.
     *
     * @param used images of this upstream that pods use; empty while that isn't known, and then nothing is pruned
     */
    static MirrorEntry of(ImageMirror mirror, Brought brought, Optional<? extends Collection<String>> used) {
        var spec = mirror.getSpec();
        var selectable = SelectionCheck.refusal(mirror).isEmpty();
        var login = !(brought.credentials() instanceof Nothing);
        var pruned = used.filter(_ -> spec.prune());
        var section = new MirrorSection(
                spec.upstream().host(),
                Optional.ofNullable(spec.upstream().url()),
                nameOf(mirror),
                login ? Optional.of(new Credentials(path(mirror, LOGIN))) : Optional.empty(),
                login ? Optional.of(spec.servePrivateImagesToAnyone()) : Optional.empty(),
                login ? realms(spec.upstream()) : List.of(),
                brought.authority() instanceof File ? Optional.of(path(mirror, AUTHORITY)) : Optional.empty(),
                // A server takes no scheduled mirror without images; paused, it's all the same.
                selectable && spec.mode() == Mode.Scheduled ? MirrorMode.SCHEDULED : MirrorMode.ON_DEMAND,
                interval(spec.interval()),
                selectable ? spec.images().stream().map(MirrorEntry::image).toList() : List.of(),
                spec.includeReferrers(),
                Optional.ofNullable(spec.quota())
                        .map(quota -> quota.size().getNumericalAmount().longValue()),
                spec.anonymousFetchFromOutside() ? Optional.of(true) : Optional.empty(),
                tagMovePolicy(spec),
                pruned.isPresent(),
                pruned.map(images -> digests(mirror, images)).orElse(List.of()),
                spec.paused() || !selectable || brought.refusal().isPresent(),
                syncRequest(mirror));
        return new MirrorEntry(section.keys(), files(mirror, brought));
    }

    /** What the server calls a mirror, in its status and its logs. */
    static String nameOf(ImageMirror mirror) {
        return mirror.getMetadata().getNamespace() + "/" + mirror.getMetadata().getName();
    }

    private static TagMovePolicy tagMovePolicy(ImageMirrorSpec spec) {
        return switch (spec.tagMovePolicy()) {
            case Follow -> TagMovePolicy.FOLLOW;
            case Keep -> TagMovePolicy.KEEP;
        };
    }

    private static Map<String, String> files(ImageMirror mirror, Brought brought) {
        var files = new TreeMap<String, String>();
        switch (brought.credentials()) {
            case Nothing _ -> {}
            case File file -> files.put(file(mirror, LOGIN), file.text());
            case Refused _ -> files.put(file(mirror, LOGIN), UpstreamCredentials.NONE);
        }
        if (brought.authority() instanceof File file) {
            files.put(file(mirror, AUTHORITY), file.text());
        }
        return files;
    }

    private static String file(ImageMirror mirror, String ending) {
        return mirror.getMetadata().getName() + ending;
    }

    private static String path(ImageMirror mirror, String ending) {
        return ServerMirrors.FOLDER + "/" + file(mirror, ending);
    }

    /** In place of the server's own list, which is that of docker.io alone. */
    private static List<String> realms(Upstream upstream) {
        var dockerIo = upstream.host().equals(DockerHub.HOST) ? Stream.of(DockerHub.TOKEN_HOST) : Stream.<String>of();
        return upstream.realms().isEmpty()
                ? List.of()
                : Stream.concat(dockerIo, upstream.realms().stream()).distinct().toList();
    }

    /** Sorted, which says nothing of the order of the images' names. */
    private static List<String> digests(ImageMirror mirror, Collection<String> images) {
        return images.stream()
                .map(image -> KeptDigest.of(nameOf(mirror), image))
                .sorted()
                .distinct()
                .toList();
    }

    /** The value of {@link #SYNC_NOW}, cut where it is long; the server only compares it with the last one. */
    static Optional<String> syncRequest(ImageMirror mirror) {
        return Optional.ofNullable(mirror.getMetadata().getAnnotations())
                .flatMap(annotations -> Optional.ofNullable(annotations.get(SYNC_NOW)))
                .map(request -> request.length() <= LONGEST_REQUEST ? request : request.substring(0, LONGEST_REQUEST));
    }

    private static Image image(MirroredImage image) {
        var tags = image.tags();
        return new Image(
                image.repository(),
                new Tags(
                                tags.names(),
                                Optional.ofNullable(tags.regex()),
                                Optional.ofNullable(tags.semver()),
                                Optional.ofNullable(tags.newest()))
                        .ifAny(),
                image.platforms());
    }

    /** A duration as the server's configuration writes times, with one unit. */
    static String interval(String text) {
        return text.matches("[1-9][0-9]{0,8}[hms]")
                ? text
                : DurationText.parse(text).toSeconds() + "s";
    }

    @Override
    public String toString() {
        return "MirrorEntry[" + settings + ", files " + files.keySet() + "]";
    }
}
