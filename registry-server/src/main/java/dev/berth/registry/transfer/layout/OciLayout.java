package dev.berth.registry.transfer.layout;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.transfer.FolderSource;
import dev.berth.registry.transfer.ImageSource;
import dev.berth.registry.transfer.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An image layout in a folder (OCI image-spec, "Image Layout"): `oci-layout`, `index.json`, and blobs by digest. */
record OciLayout(Path root) implements FolderSource, ImageLayout {
    static final String INDEX = "index.json";
    static final String MARKER = "oci-layout";
    static final String BLOBS = "blobs";

    /** The content of the file `oci-layout`. */
    static final String VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}";

    /**
     * Opens the layout in a folder.
     *
     * @throws TransferException if there is none
     */
    static OciLayout find(Path folder) {
        var layout = new OciLayout(folder.toAbsolutePath().normalize());
        if (!Files.isRegularFile(layout.index())) {
            throw new TransferException(
                    "There is no OCI image layout in " + folder + "; it would hold index.json and blobs/.");
        }
        return layout;
    }

    @Override
    public Path bytes(Digest digest) {
        return root.resolve(BLOBS).resolve(digest.algorithm().toString()).resolve(digest.hex());
    }

    /** Layouts are backups: a hard link to the same bytes would be lost with them. */
    @Override
    public boolean mayShare() {
        return false;
    }

    @Override
    public List<LayoutIndex.Entry> entries() {
        if (!Files.exists(index())) {
            return List.of();
        }
        try {
            return LayoutIndex.read(Files.readAllBytes(index()), index().toString())
                    .entries();
        } catch (IOException e) {
            throw ImageSource.unreadable(index(), e);
        }
    }

    Path index() {
        return root.resolve(INDEX);
    }

    Path marker() {
        return root.resolve(MARKER);
    }
}
