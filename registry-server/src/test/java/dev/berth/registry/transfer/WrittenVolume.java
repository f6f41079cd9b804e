package dev.berth.registry.transfer;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A volume as distribution writes it (its `storage/paths.go`), by hand: so that it can be wrong. */
public record WrittenVolume(Path root) {
    /** In what a registry:2 has as its root directory. */
    public static WrittenVolume in(Path folder) {
        return new WrittenVolume(folder.resolve("docker/registry/v2"));
    }

    public Digest blob(String repository, String text) {
        var digest = bytes(text);
        link(repository + "/_layers/sha256/" + digest.hex(), digest.toString());
        return digest;
    }

    public Digest manifest(String repository, String json) {
        var digest = bytes(json);
        link(repository + "/_manifests/revisions/sha256/" + digest.hex(), digest.toString());
        return digest;
    }

    public WrittenVolume tag(String repository, String tag, Digest digest) {
        link(repository + "/_manifests/tags/" + tag + "/index/sha256/" + digest.hex(), digest.toString());
        return link(repository + "/_manifests/tags/" + tag + "/current", digest.toString());
    }

    WrittenVolume link(String folder, String text) {
        return write(root.resolve("repositories").resolve(folder).resolve("link"), text);
    }

    /** Puts other bytes where those of a digest are. */
    public WrittenVolume overwrite(Digest digest, String text) {
        return write(file(digest), text);
    }

    Path file(Digest digest) {
        return new DistributionVolume(root).bytes(digest);
    }

    private Digest bytes(String text) {
        var digest = Algorithm.SHA256.digestOf(text.getBytes(StandardCharsets.UTF_8));
        write(file(digest), text);
        return digest;
    }

    private WrittenVolume write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
