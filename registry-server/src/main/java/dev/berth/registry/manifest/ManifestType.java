package dev.berth.registry.manifest;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The media types of manifests that are stored (OCI image-spec, "Media Types"; Docker image manifest v2, schema 2). */
public enum ManifestType {
    OCI_IMAGE("application/vnd.oci.image.manifest.v1+json", false),
    OCI_INDEX("application/vnd.oci.image.index.v1+json", true),
    DOCKER_IMAGE("application/vnd.docker.distribution.manifest.v2+json", false),
    DOCKER_LIST("application/vnd.docker.distribution.manifest.list.v2+json", true);

    private final String mediaType;
    private final boolean index;

    ManifestType(String mediaType, boolean index) {
        this.mediaType = mediaType;
        this.index = index;
    }

    static Optional<ManifestType> of(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(ManifestType::mediaType).collect(Collectors.joining(", "));
    }

    public String mediaType() {
        return mediaType;
    }

    /** Whether manifests of this type list other manifests, and not a config and layers. */
    boolean isIndex() {
        return index;
    }
}
