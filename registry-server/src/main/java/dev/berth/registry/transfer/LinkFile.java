package dev.berth.registry.transfer;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One of distribution's link files. It holds nothing but a digest; a push wrote it when it stored the manifest or moved the tag.
 *
 * @param written the modification time of the file
 */
public record LinkFile(Digest digest, Instant written) {
    private static final int LONGEST = 256;

    /**
     * Reads the file `link` in a folder; empty if it was deleted.
     *
     * @throws InvalidReference if it holds anything but a digest
     */
    static Optional<LinkFile> in(Path folder) {
        var file = folder.resolve("link");
        try (var content = Files.newInputStream(file)) {
            var digest = Digest.parse(new String(content.readNBytes(LONGEST), StandardCharsets.UTF_8).strip());
            return Optional.of(
                    new LinkFile(digest, Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new TransferException(
                    file + " can't be read (" + FileProblem.of(e) + "); run this as a user who may", e);
        }
    }
}
