package dev.berth.registry.manifest;

import dev.berth.registry.reference.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Manifests as clients write them. */
public final class ManifestJson {
    public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private ManifestJson() {}

    public static String image(Digest config, Digest... layers) {
        return """
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": %s,
                 "layers": [%s]}""".formatted(
                        IMAGE,
                        descriptor("application/vnd.oci.image.config.v1+json", config),
                        Stream.of(layers)
                                .map(layer -> descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer))
                                .collect(Collectors.joining(", ")));
    }

    public static String index(Digest... children) {
        return """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [%s]}""".formatted(
                INDEX,
                Stream.of(children).map(child -> descriptor(IMAGE, child)).collect(Collectors.joining(", ")));
    }

    public static String descriptor(String mediaType, Digest digest) {
        return """
                {"mediaType": "%s", "digest": "%s", "size": 7}""".formatted(mediaType, digest);
    }

    /** A manifest with one more member. */
    public static String with(String manifest, String member) {
        return manifest.substring(0, manifest.length() - 1) + ", " + member + "}";
    }

    public static ManifestBody body(String json) {
        return new ManifestBody(Optional.empty(), json.getBytes(StandardCharsets.UTF_8));
    }

    public static ManifestBody body(String contentType, String json) {
        return new ManifestBody(Optional.of(contentType), json.getBytes(StandardCharsets.UTF_8));
    }
}
