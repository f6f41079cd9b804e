package dev.berth.registry.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder of images as the OCI image-spec, "Image Layout", describes it: oci-layout, index.json, and blobs by their digest. */
public record OciLayout(Path root) implements Source {
    /** What names an image in the index (image-spec, "Pre-Defined Annotation Keys"). */
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An image that the index lists. */
    record Entry(String mediaType, Digest digest, long sizeBytes, Optional<String> name) {}

    /** One that is there. */
    public static OciLayout find(Path folder) {
        var layout = new OciLayout(folder.toAbsolutePath().normalize());
        if (!Files.isRegularFile(layout.index())) {
            throw new TransferException(
                    "There is no OCI image layout in " + folder + "; it would hold index.json and blobs/.");
        }
        return layout;
    }

    @Override
    public Path bytes(Digest digest) {
        return root.resolve("blobs").resolve(digest.algorithm().toString()).resolve(digest.hex());
    }

    /** A copy that shares its bytes would be none when the disk fails. */
    @Override
    public boolean mayShare() {
        return false;
    }

    /** What the index lists; nothing where there is none. */
    List<Entry> entries() {
        if (!Files.exists(index())) {
            return List.of();
        }
        var entries = new ArrayList<Entry>();
        try {
            for (var image : JSON.readTree(index().toFile()).path("manifests")) {
                entries.add(new Entry(
                        image.path("mediaType").asText(),
                        Digest.parse(image.path("digest").asText()),
                        image.path("size").asLong(),
                        Optional.ofNullable(
                                image.path("annotations").path(REF_NAME).textValue())));
            }
            return entries;
        } catch (IOException | IllegalArgumentException e) {
            throw new TransferException(index() + " can't be read as the index of a layout: " + e.getMessage(), e);
        }
    }

    /** What its index.json says with these images in it. */
    static byte[] index(List<Entry> entries) {
        var index = JSON.createObjectNode().put("schemaVersion", 2);
        index.put("mediaType", "application/vnd.oci.image.index.v1+json");
        ArrayNode manifests = index.putArray("manifests");
        for (var entry : entries) {
            ObjectNode image = manifests.addObject().put("mediaType", entry.mediaType());
            image.put("digest", entry.digest().toString()).put("size", entry.sizeBytes());
            entry.name().ifPresent(name -> image.putObject("annotations").put(REF_NAME, name));
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(index);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    Path index() {
        return root.resolve("index.json");
    }

    Path marker() {
        return root.resolve("oci-layout");
    }
}
