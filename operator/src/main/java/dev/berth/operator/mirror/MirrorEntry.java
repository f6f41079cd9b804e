package dev.berth.operator.mirror;

import dev.berth.operator.mirror.Given.File;
import dev.berth.operator.mirror.Given.Nothing;
import dev.berth.operator.registry.ServerMirrors;
import dev.berth.protocol.name.DockerHub;
import dev.berth.v1alpha1.DurationText;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorSpec.Mode;
import dev.berth.v1alpha1.MirroredImage;
import dev.berth.v1alpha1.MirroredImage.Tags;
import dev.berth.v1alpha1.Upstream;
import java.util.Collection;
import java.util.LinkedHashMap;
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

    /**
     * What a server is told.
     *
     * @param used images of this upstream that pods use; empty while that isn't known, and then nothing is pruned
     */
    static MirrorEntry of(ImageMirror mirror, Brought brought, Optional<? extends Collection<String>> used) {
        var spec = mirror.getSpec();
        var selectable = SelectionCheck.refusal(mirror).isEmpty();
        var settings = new LinkedHashMap<String, Object>();
        var files = new TreeMap<String, String>();
        settings.put("upstream", spec.upstream().host());
        Optional.ofNullable(spec.upstream().url()).ifPresent(url -> settings.put("url", url));
        settings.put("name", nameOf(mirror));
        putBrought(settings, files, mirror, brought);
        // A server takes no scheduled mirror without images; paused, it's all the same.
        settings.put("mode", (selectable ? spec.mode() : Mode.OnDemand).name());
        settings.put("interval", interval(spec.interval()));
        if (selectable && !spec.images().isEmpty()) {
            settings.put(
                    "images", spec.images().stream().map(MirrorEntry::image).toList());
        }
        putManners(settings, mirror, used);
        settings.put("paused", spec.paused() || !selectable || brought.refusal().isPresent());
        syncRequest(mirror).ifPresent(request -> settings.put("syncRequest", request));
        return new MirrorEntry(settings, files);
    }

    /** What the server calls a mirror, in its status and its logs. */
    static String nameOf(ImageMirror mirror) {
        return mirror.getMetadata().getNamespace() + "/" + mirror.getMetadata().getName();
    }

    private static void putBrought(
            Map<String, Object> settings, Map<String, String> files, ImageMirror mirror, Brought brought) {
        var name = mirror.getMetadata().getName();
        if (!(brought.credentials() instanceof Nothing)) {
            var text = brought.credentials() instanceof File file ? file.text() : UpstreamCredentials.NONE;
            files.put(name + ".json", text);
            settings.put("credentials", Map.of("dockerConfig", ServerMirrors.FOLDER + "/" + name + ".json"));
            settings.put("anonymousPull", mirror.getSpec().servePrivateImagesToAnyone());
            realms(mirror.getSpec().upstream()).ifPresent(realms -> settings.put("realms", realms));
        }
        if (brought.authority() instanceof File file) {
            files.put(name + ".crt", file.text());
            settings.put("ca", ServerMirrors.FOLDER + "/" + name + ".crt");
        }
    }

    /** In place of the server's own list, which is that of docker.io alone. */
    private static Optional<List<String>> realms(Upstream upstream) {
        var dockerIo = upstream.host().equals(DockerHub.HOST) ? Stream.of(DockerHub.TOKEN_HOST) : Stream.<String>of();
        return Optional.of(upstream.realms())
                .filter(realms -> !realms.isEmpty())
                .map(realms ->
                        Stream.concat(dockerIo, realms.stream()).distinct().toList());
    }

    private static void putManners(
            Map<String, Object> settings, ImageMirror mirror, Optional<? extends Collection<String>> used) {
        var spec = mirror.getSpec();
        settings.put("includeReferrers", spec.includeReferrers());
        Optional.ofNullable(spec.quota())
                .ifPresent(quota -> settings.put(
                        "maxBytes", quota.size().getNumericalAmount().longValue()));
        if (spec.anonymousFetchFromOutside()) {
            settings.put("anonymousFetchFromOutside", true);
        }
        settings.put("tagMovePolicy", spec.tagMovePolicy().name());
        settings.put("prune", spec.prune() && used.isPresent());
        if (spec.prune() && used.isPresent() && !used.get().isEmpty()) {
            settings.put("keepDigests", ImageDigest.all(nameOf(mirror), used.get()));
        }
    }

    /** The value of {@link #SYNC_NOW}, cut where it is long; the server only compares it with the last one. */
    static Optional<String> syncRequest(ImageMirror mirror) {
        return Optional.ofNullable(mirror.getMetadata().getAnnotations())
                .flatMap(annotations -> Optional.ofNullable(annotations.get(SYNC_NOW)))
                .map(request -> request.length() <= LONGEST_REQUEST ? request : request.substring(0, LONGEST_REQUEST));
    }

    private static Map<String, Object> image(MirroredImage image) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("repository", image.repository());
        var tags = tags(image.tags());
        if (!tags.isEmpty()) {
            entry.put("tags", tags);
        }
        if (!image.platforms().isEmpty()) {
            entry.put("platforms", image.platforms());
        }
        return entry;
    }

    private static Map<String, Object> tags(Tags tags) {
        var entry = new LinkedHashMap<String, Object>();
        if (!tags.names().isEmpty()) {
            entry.put("names", tags.names());
        }
        Optional.ofNullable(tags.regex()).ifPresent(regex -> entry.put("regex", regex));
        Optional.ofNullable(tags.semver()).ifPresent(range -> entry.put("semver", range));
        Optional.ofNullable(tags.newest()).ifPresent(newest -> entry.put("newest", newest));
        return entry;
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
