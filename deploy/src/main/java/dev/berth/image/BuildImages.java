package dev.berth.image;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Builds both images when Maven packages this module. An image whose inputs have not changed is not built again. */
public final class BuildImages {
    private final BuildSettings settings;
    private final ImageArchive archives;

    private BuildImages(BuildSettings settings) {
        this.settings = settings;
        this.archives = new ImageArchive(settings);
    }

    /**
     * Builds what is out of date.
     *
     * @param arguments repository, output folder, version, time, `forget` or `keep` for the times in ahead-of-time caches
     */
    public static void main(String... arguments) throws IOException {
        var settings = BuildSettings.of(arguments);
        var build = new BuildImages(settings);
        build.image(ImageSpec.server(settings.repository()));
        build.image(ImageSpec.operator(settings.repository()));
    }

    private void image(ImageSpec image) throws IOException {
        var archive = settings.output().resolve(image.name() + ".tar");
        var marker = settings.output().resolve(image.name() + ".inputs");
        var inputs = BuildInputs.digest(image, settings, program());
        if (Files.exists(archive)
                && Files.exists(marker)
                && Files.readString(marker).equals(inputs)) {
            System.out.println(archives.reference(image) + " is up to date");
            return;
        }
        var runtime = JavaRuntime.link(settings.output().resolve("runtime"));
        var made = settings.output().resolve(image.name());
        var files = new ImageContent(runtime, packages()).of(image, made);
        var cache = new AotCache(image, settings.time(), settings.cacheTimes()).make(files.entries(), inputs, made);
        files.file(Layer.CACHE, cache, VirtualMachine.cache(image));
        var id = archives.write(image, VirtualMachine.command(image), files.entries(), archive);
        Files.writeString(marker, inputs);
        System.out.println(archives.reference(image) + " " + id + ", " + Files.size(archive) / 1_000_000 + " MB in "
                + settings.repository().relativize(archive));
    }

    private List<DebFile> packages() {
        var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        var archive = new DebianArchive(
                DebianMirrors.of(Path.of("/etc/apt")), settings.cache().resolve("debian"), client);
        return DebianPackage.pinned().stream()
                .map(archive::fetch)
                .map(DebFile::read)
                .toList();
    }

    private static Path program() {
        try {
            return Path.of(BuildImages.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
