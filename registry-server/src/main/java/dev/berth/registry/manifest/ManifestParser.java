package dev.berth.registry.manifest;

import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.metadata.manifest.SubjectLink;
import dev.berth.registry.reference.Digest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the type of a manifest and what it names (OCI image-spec, "Image Manifest" and "Image Index"). Ambiguous manifests are refused:
 * those in which a key stands twice, and those that are both image and index.
 */
public final class ManifestParser {
    private ManifestParser() {}

    /** Reads a manifest that is pushed. Throws {@link MalformedManifest} for every problem, since the client can still correct it. */
    static ParsedManifest parse(ManifestBody body) {
        var fields = ManifestFields.read(body.bytes());
        var parsed = parse(body.contentType(), fields);
        (parsed.type().isIndex() ? fields.manifests() : fields.layers()).requireList();
        fields.requireRightDetails();
        return parsed;
    }

    /** Reads a manifest that is stored, here or in another registry. Problems of fields that nothing depends on are ignored. */
    public static ParsedManifest parseKept(ManifestBody body) {
        return parse(body.contentType(), ManifestFields.read(body.bytes()));
    }

    private static ParsedManifest parse(Optional<String> contentType, ManifestFields fields) {
        var type = type(contentType, fields.mediaType());
        if (!fields.versionTwo()) {
            throw new MalformedManifest("schemaVersion must be 2");
        }
        return new ParsedManifest(type, type.isIndex() ? index(fields) : image(fields));
    }

    private static ManifestType type(Optional<String> contentType, Optional<String> inside) {
        var outside = contentType.map(ManifestParser::withoutParameters);
        if (inside.isPresent() && outside.isPresent() && !inside.equals(outside)) {
            throw new MalformedManifest("the Content-Type is " + outside.get() + " but the manifest's mediaType is "
                    + inside.get() + "; they must agree");
        }
        var mediaType = outside.or(() -> inside)
                .orElseThrow(() -> new MalformedManifest("neither Content-Type nor mediaType says what this is"));
        return ManifestType.of(mediaType)
                .orElseThrow(() -> new MalformedManifest(mediaType
                        + " is not a type of manifest that is stored here; these are: " + ManifestType.all()));
    }

    private static ManifestLinks image(ManifestFields fields) {
        if (fields.has("manifests")) {
            throw new MalformedManifest("an image manifest has no \"manifests\"; with them it would be an index");
        }
        var config = ListedDigests.parse(fields.config().digest(), "config");
        fields.layers().require();
        var blobs = new HashSet<Digest>(fields.layers().ordinary());
        blobs.add(config);
        var optional = new HashSet<Digest>(fields.layers().others());
        optional.removeAll(blobs);
        return new ManifestLinks(
                blobs, optional, Set.of(), subject(fields, () -> fields.config().mediaType()));
    }

    private static ManifestLinks index(ManifestFields fields) {
        if (fields.has("layers") || fields.has("config")) {
            throw new MalformedManifest(
                    "an index has neither \"config\" nor \"layers\"; with them it would be an image");
        }
        fields.manifests().require();
        return new ManifestLinks(
                fields.manifests().others(), Set.of(), fields.manifests().ordinary(), subject(fields, Optional::empty));
    }

    /** The artifact type of an image; without its own, the type of its config. */
    private static Optional<SubjectLink> subject(ManifestFields fields, Supplier<Optional<String>> otherwise) {
        return fields.subject()
                .map(subject -> new SubjectLink(
                        ListedDigests.parse(subject.digest(), "subject"),
                        fields.artifactType().filter(text -> !text.isEmpty()).or(otherwise),
                        fields.annotations()));
    }

    private static String withoutParameters(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
