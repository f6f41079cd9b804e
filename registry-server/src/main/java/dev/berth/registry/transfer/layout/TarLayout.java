package dev.berth.registry.transfer.layout;

import dev.berth.registry.catalog.AdoptBlobs;
import dev.berth.registry.content.Adoption;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.transfer.ImageSource;
import dev.berth.registry.transfer.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An image layout in a tar. The tar is read in place; nothing is unpacked. */
record TarLayout(Path file, FileChannel tar, TarParts parts) implements ImageLayout {
    private static final int LARGEST_INDEX = 64 * 1024 * 1024;

    static TarLayout open(Path file) {
        try {
            var tar = FileChannel.open(file, StandardOpenOption.READ);
            try {
                var parts = TarParts.read(tar);
                refuseUnlessWhole(file, parts);
                return new TarLayout(file, tar, parts);
            } catch (IOException | TransferException e) {
                tar.close();
                throw e;
            }
        } catch (IOException e) {
            throw ImageSource.unreadable(file, e);
        }
    }

    private static void refuseUnlessWhole(Path file, TarParts parts) {
        if (parts.files().isEmpty()) {
            throw new TransferException(file + " is no tar; one that is compressed has to be uncompressed first.");
        }
        if (!parts.whole()) {
            throw new TransferException(file + " is cut off or damaged after its first " + parts.endBytes()
                    + " bytes; copy it here again.");
        }
        if (!parts.files().containsKey(OciLayout.INDEX)) {
            throw new TransferException(
                    "There is no OCI image layout in " + file + "; it would hold index.json and blobs/.");
        }
    }

    /** The name of a blob's file in the tar. */
    static String nameOf(Digest digest) {
        return OciLayout.BLOBS + "/" + digest.algorithm() + "/" + digest.hex();
    }

    @Override
    public List<LayoutIndex.Entry> entries() {
        var index = Optional.ofNullable(parts.files().get(OciLayout.INDEX)).orElseThrow();
        try (var bytes = index.open(tar)) {
            return LayoutIndex.read(bytes.readNBytes(LARGEST_INDEX), OciLayout.INDEX + " in " + file)
                    .entries();
        } catch (IOException e) {
            throw ImageSource.unreadable(file, e);
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public OptionalLong size(Digest digest) {
        return part(digest).map(part -> OptionalLong.of(part.sizeBytes())).orElse(OptionalLong.empty());
    }

    @Override
    public Optional<InputStream> open(Digest digest) {
        return part(digest).map(part -> part.open(tar));
    }

    @Override
    public Adoption give(Digest digest, AdoptBlobs adopt) throws IOException {
        var part = part(digest).orElseThrow();
        try (var bytes = part.open(tar)) {
            return adopt.bytes(bytes, part.sizeBytes(), digest);
        }
    }

    private Optional<TarParts.Part> part(Digest digest) {
        return Optional.ofNullable(parts.files().get(nameOf(digest)));
    }

    @Override
    public void close() {
        try {
            tar.close();
        } catch (IOException e) {
            throw ImageSource.unreadable(file, e);
        }
    }
}
