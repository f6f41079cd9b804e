package dev.berth.registry.client;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Jib, which is a library, as a program: what it trusts is the JVM's, and its caches are empty each time. */
record JibProgram(ImageReference image, Path dockerConfig, boolean insecure) {
    private static final Pattern DIGEST = Pattern.compile("base image with digest: (sha256:[0-9a-f]{64})");

    /** `push FILE`, an image of that file, or `pull TAR`; then the image's name, a Docker configuration, http or https. */
    public static void main(String[] arguments) throws Exception {
        var image = ImageReference.parse(arguments[2]);
        var program = new JibProgram(image, Path.of(arguments[3]), arguments[4].equals("http"));
        var file = Path.of(arguments[1]);
        System.out.println(arguments[0].equals("push") ? program.push(file) : program.pull(file));
    }

    /** In Docker's format, as Jib makes them unless told otherwise. */
    private String push(Path file) throws Exception {
        return Jib.fromScratch()
                .addLayer(List.of(file), "/")
                .containerize(with(Containerizer.to(registry())))
                .getDigest()
                .toString();
    }

    /** The image becomes the base of one that adds nothing; of the base itself, Jib only logs the digest. */
    private String pull(Path tar) throws Exception {
        var base = new CopyOnWriteArrayList<String>();
        var target = Containerizer.to(TarImage.at(tar).named("pulled")).addEventHandler(LogEvent.class, event -> {
            var digest = DIGEST.matcher(event.getMessage());
            if (digest.find()) {
                base.add(String.valueOf(digest.group(1)));
            }
        });
        Jib.from(registry()).containerize(with(target));
        return base.getLast();
    }

    private RegistryImage registry() {
        var credentials = CredentialRetrieverFactory.forImage(image, event -> System.out.println(event.getMessage()));
        return RegistryImage.named(image).addCredentialRetriever(credentials.dockerConfig(dockerConfig));
    }

    private Containerizer with(Containerizer target) throws Exception {
        var caches = Files.createTempDirectory(dockerConfig.toAbsolutePath().getParent(), "caches");
        return target.setBaseImageLayersCache(caches.resolve("base"))
                .setApplicationLayersCache(caches.resolve("application"))
                .setAllowInsecureRegistries(insecure);
    }
}
