package dev.berth.registry.api;

import static dev.berth.registry.api.admission.Permission.NONE;

import dev.berth.protocol.name.CanaryName;
import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Body;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The reserved repository {@link CanaryName#REPOSITORY}, whose only image has one empty layer. Everybody may pull it, also where a registry has no
 * anonymous pulls: it holds nothing. It is in no list, asks no upstream, and nobody may push to it.
 */
final class CanaryRoutes {
    private static final String PATH = "/v2/" + CanaryName.REPOSITORY;
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    /** A tar archive without files: two empty blocks (POSIX ustar). */
    private static final byte[] NO_FILES = new byte[1024];

    private final Map<Digest, byte[]> blobs = new LinkedHashMap<>();
    private final byte[] manifest;
    private final Digest digest;

    CanaryRoutes() {
        var layer = descriptor(LAYER, NO_FILES);
        var config = descriptor(CONFIG, bytes("""
                {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(digestOf(NO_FILES))));
        manifest = bytes("""
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(MANIFEST, config, layer));
        digest = digestOf(manifest);
    }

    List<ApiRoute> routes() {
        return List.of(
                new ApiRoute("GET", PATH + "/manifests/<reference>", NONE, this::manifest),
                new ApiRoute("GET", PATH + "/blobs/<digest>", NONE, this::blob),
                new ApiRoute("PUT", PATH + "/manifests/<reference>", NONE, CanaryRoutes::refuse),
                new ApiRoute("DELETE", PATH + "/manifests/<reference>", NONE, CanaryRoutes::refuse),
                new ApiRoute("DELETE", PATH + "/blobs/<digest>", NONE, CanaryRoutes::refuse),
                new ApiRoute("POST", PATH + "/blobs/uploads/", NONE, CanaryRoutes::refuse),
                new ApiRoute("POST", PATH + "/blobs/uploads", NONE, CanaryRoutes::refuse));
    }

    private Answer manifest(ApiRequest request) {
        return Stream.of(CanaryName.TAG, digest.toString())
                        .anyMatch(known -> request.possibleReference()
                                .filter(reference -> reference.toString().equals(known))
                                .isPresent())
                ? content(digest, MANIFEST, manifest)
                : Refusal.MANIFEST_UNKNOWN.answer("this repository holds only the tag " + CanaryName.TAG);
    }

    private Answer blob(ApiRequest request) {
        return Optional.ofNullable(blobs.get(request.digest()))
                .map(bytes -> content(request.digest(), "application/octet-stream", bytes))
                .orElseGet(Refusal.BLOB_UNKNOWN::answer);
    }

    private static Answer refuse(ApiRequest request) {
        return Refusal.DENIED.answer(CanaryName.REPOSITORY + " is reserved for the test pulls of nodes");
    }

    private static Answer content(Digest digest, String type, byte[] bytes) {
        return Answer.status(200)
                .header("Docker-Content-Digest", digest)
                .header("ETag", EntityTag.of(digest))
                .with(new Body.Bytes(type, bytes));
    }

    private String descriptor(String type, byte[] bytes) {
        var name = digestOf(bytes);
        blobs.put(name, bytes);
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, name, bytes.length);
    }

    private static Digest digestOf(byte[] bytes) {
        return Algorithm.SHA256.digestOf(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
