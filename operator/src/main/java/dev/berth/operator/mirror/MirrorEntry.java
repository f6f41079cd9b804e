package dev.berth.operator.mirror;

import dev.berth.operator.mirror.MirrorInputs.Input.Absent;
import dev.berth.operator.mirror.MirrorInputs.Input.File;
import dev.berth.operator.mirror.MirrorInputs.Input.Refused;
import dev.berth.operator.server.ServerMirrors;
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
import dev.berth.v1alpha1.Quota;
import dev.berth.v1alpha1.Upstream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The entry of one mirror in the configuration of its server. A mirror that cannot do what its spec says is paused:
 * it serves what it stores to the same users as before and fetches nothing. Pure.
 *
 * @param settings an entry of the section `mirrors`
 * @param files that the entry names, by their names in {@link ServerMirrors#FOLDER}
 */
record MirrorEntry(Map<String, Object> settings, Map<String, String> files) {
    /** The annotation of an ImageMirror that makes it copy at once when its value changes. */
    static final String SYNC_NOW = "berth.dev/sync-now";

    private static final int LONGEST_REQUEST = 256;
    private static final String LOGIN = ".json";
    private static final String AUTHORITY = ".crt";

    /**
     * The entry of a mirror.
     *
     * @param used images of this upstream that pods use; empty while they are not known, and then nothing is pruned
     */
    static MirrorEntry of(ImageMirror mirror, MirrorInputs inputs, Optional<? extends Collection<String>> used) {
        var spec = mirror.getSpec();
        var selectable = SelectionCheck.refusal(mirror).isEmpty();
        var login = !(inputs.credentials() instanceof Absent);
        var pruned = used.filter(_ -> spec.prune());
        var section = new MirrorSection(
                spec.upstream().host(),
                Optional.ofNullable(spec.upstream().url()),
                nameOf(mirror),
                login ? Optional.of(new Credentials(path(mirror, LOGIN))) : Optional.empty(),
                login ? Optional.of(spec.servePrivateImagesToAnyone()) : Optional.empty(),
                login ? realms(spec.upstream()) : List.of(),
                inputs.authority() instanceof File ? Optional.of(path(mirror, AUTHORITY)) : Optional.empty(),
                // The server refuses a scheduled mirror without images. A paused mirror may have either mode.
                selectable && spec.mode() == Mode.SCHEDULED ? MirrorMode.SCHEDULED : MirrorMode.ON_DEMAND,
                interval(spec.interval()),
                selectable ? spec.images().stream().map(MirrorEntry::image).toList() : List.of(),
                spec.includeReferrers(),
                Optional.ofNullable(spec.quota()).map(Quota::bytes),
                spec.anonymousFetchFromOutside() ? Optional.of(true) : Optional.empty(),
                tagMovePolicy(spec),
                pruned.isPresent(),
                pruned.map(images -> digests(mirror, images)).orElse(List.of()),
                spec.paused() || !selectable || inputs.refusal().isPresent(),
                syncRequest(mirror));
        return new MirrorEntry(section.keys(), files(mirror, inputs));
    }

    /** The name of the mirror in the status and the logs of the server. */
    static String nameOf(ImageMirror mirror) {
        return mirror.getMetadata().getNamespace() + "/" + mirror.getMetadata().getName();
    }

    private static TagMovePolicy tagMovePolicy(ImageMirrorSpec spec) {
        return switch (spec.tagMovePolicy()) {
            case FOLLOW -> TagMovePolicy.FOLLOW;
            case KEEP -> TagMovePolicy.KEEP;
        };
    }

    private static Map<String, String> files(ImageMirror mirror, MirrorInputs inputs) {
        var files = new TreeMap<String, String>();
        switch (inputs.credentials()) {
            case Absent _ -> {}
            case File file -> files.put(file(mirror, LOGIN), file.text());
            case Refused _ -> files.put(file(mirror, LOGIN), UpstreamCredentials.NONE);
        }
        if (inputs.authority() instanceof File file) {
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

    /** The hosts that may be sent the credentials, which replace the server's own list. That has an entry for docker.io only. */
    private static List<String> realms(Upstream upstream) {
        var dockerIo = upstream.host().equals(DockerHub.HOST) ? Stream.of(DockerHub.TOKEN_HOST) : Stream.<String>of();
        return upstream.realms().isEmpty()
                ? List.of()
                : Stream.concat(dockerIo, upstream.realms().stream()).distinct().toList();
    }

    /** The digests in order, so that they do not show the order of the images' names. */
    private static List<String> digests(ImageMirror mirror, Collection<String> images) {
        return images.stream()
                .map(image -> KeptDigest.of(nameOf(mirror), image))
                .sorted()
                .distinct()
                .toList();
    }

    /** The value of {@link #SYNC_NOW}, shortened if it is long. The server only compares it with the last one. */
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

    /** A duration with one unit, as the server's configuration has it. */
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
