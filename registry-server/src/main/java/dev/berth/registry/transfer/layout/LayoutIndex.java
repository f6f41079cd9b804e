package dev.berth.registry.transfer.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.transfer.TransferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The `index.json` of an image layout (image-spec, "Image Layout"). */
public record LayoutIndex(List<Entry> entries) {
    /** The annotation that holds an image's name (image-spec, "Pre-Defined Annotation Keys"). */
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An image in the index. */
    public record Entry(String mediaType, Digest digest, long sizeBytes, Optional<String> name) {}

    /**
     * Parses an index.
     *
     * @param where names the file in the message if it can't be parsed
     */
    static LayoutIndex read(byte[] bytes, String where) {
        var entries = new ArrayList<Entry>();
        try {
            for (var image : JSON.readTree(bytes).path("manifests")) {
                entries.add(new Entry(
                        image.path("mediaType").asText(),
                        Digest.parse(image.path("digest").asText()),
                        image.path("size").asLong(),
                        Optional.ofNullable(
                                image.path("annotations").path(REF_NAME).textValue())));
            }
            return new LayoutIndex(entries);
        } catch (IOException | IllegalArgumentException e) {
            throw new TransferException(where + " can't be read as the index of a layout: " + e.getMessage(), e);
        }
    }

    byte[] bytes() {
        var index = JSON.createObjectNode().put("schemaVersion", 2);
        index.put("mediaType", "application/vnd.oci.image.index.v1+json");
        var manifests = index.putArray("manifests");
        for (var entry : entries) {
            var image = manifests.addObject().put("mediaType", entry.mediaType());
            image.put("digest", entry.digest().toString()).put("size", entry.sizeBytes());
            entry.name().ifPresent(name -> image.putObject("annotations").put(REF_NAME, name));
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(index);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }
}
