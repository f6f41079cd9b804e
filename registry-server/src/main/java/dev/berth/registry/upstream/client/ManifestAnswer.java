package dev.berth.registry.upstream.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads an upstream's answer to a request for a manifest. */
final class ManifestAnswer {
    static final List<String> ACCEPTED = List.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private static final int LARGEST = 4 * 1024 * 1024;

    private ManifestAnswer() {}

    /** Reads the manifest and verifies that its digest is the requested and the announced one. */
    static UpstreamManifest read(UpstreamAnswer answer, Reference reference) throws InterruptedException {
        var bytes = answer.readAll(LARGEST)
                .orElseThrow(() -> answer.malformed("it sent a manifest of more than " + LARGEST + " bytes"));
        var expected = switch (reference) {
            case Digest digest -> Optional.of(digest);
            case Tag _ -> digest(answer);
        };
        var algorithm = expected.map(Digest::algorithm).orElse(Algorithm.SHA256);
        var actual = algorithm.digestOf(bytes);
        if (expected.filter(digest -> !digest.equals(actual)).isPresent()) {
            throw answer.malformed("it sent a manifest that does not have the digest " + expected.get());
        }
        return new UpstreamManifest(
                actual, mediaType(answer).filter(ACCEPTED::contains).orElseGet(() -> inside(answer, bytes)), bytes);
    }

    static Optional<Digest> digest(UpstreamAnswer answer) {
        try {
            return answer.header("Docker-Content-Digest").map(Digest::parse);
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }

    static Optional<String> mediaType(UpstreamAnswer answer) {
        return answer.header("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    /** The media type that the manifest itself names: some registries serve manifests as plain JSON. */
    private static String inside(UpstreamAnswer answer, byte[] bytes) {
        try {
            var type = new ObjectMapper().readTree(bytes).path("mediaType").asText("");
            if (ACCEPTED.contains(type)) {
                return type;
            }
        } catch (IOException e) {
            throw answer.malformed("the manifest that it sent isn't JSON");
        }
        throw answer.malformed("it sent a manifest of a media type that this registry does not store");
    }
}
