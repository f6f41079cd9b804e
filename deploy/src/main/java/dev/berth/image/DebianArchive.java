package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fetches pinned packages from the first archive that still has them. A folder keeps them by version, so each is fetched once. */
final class DebianArchive {
    private final List<URI> roots;
    private final Path downloads;
    private final HttpClient client;

    /**
     * Creates a client for the archives below these roots.
     *
     * @param roots of archives, each ending in a slash, in the order in which to ask them
     * @param downloads the folder for fetched packages
     */
    DebianArchive(List<URI> roots, Path downloads, HttpClient client) {
        this.roots = List.copyOf(roots);
        this.downloads = downloads;
        this.client = client;
    }

    /** The package's file, checked against its pinned SHA-256. */
    Path fetch(DebianPackage wanted) {
        var file = downloads.resolve(wanted.fileName());
        if (Files.exists(file) && Sha256.of(file).equals(wanted.sha256())) {
            return file;
        }
        var refusals = new ArrayList<String>();
        for (var root : roots) {
            var refusal = download(root.resolve(wanted.path()), wanted, file);
            if (refusal.isEmpty()) {
                return file;
            }
            refusals.add(refusal);
        }
        throw new ImageBuildException(
                "No archive serves " + wanted.name() + " " + wanted.version()
                        + " any longer (" + String.join("; ", refusals)
                        + "). Debian removes a version when a newer one replaces it: run deploy/bin/move-debian-pins and commit what it changes.");
    }

    /** Returns why the download failed; an empty text if it succeeded. */
    private String download(URI source, DebianPackage wanted, Path file) {
        try {
            var request = HttpRequest.newBuilder(source)
                    .timeout(Duration.ofMinutes(2))
                    .build();
            var response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                return source + ": HTTP " + response.statusCode();
            }
            var sha256 = Sha256.of(response.body());
            if (!sha256.equals(wanted.sha256())) {
                return source + ": SHA-256 " + sha256 + " where " + wanted.sha256() + " is pinned";
            }
            keep(response.body(), file);
            return "";
        } catch (IOException e) {
            return source + ": " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("interrupted while fetching " + source, e);
        }
    }

    /** Writes the file in one step: another build may read the same folder. */
    private static void keep(byte[] bytes, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var part = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", ".part");
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
