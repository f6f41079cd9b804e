package dev.berth.registry.command;

import dev.berth.protocol.name.DockerHub;
import dev.berth.protocol.name.NearestName;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of `serve` about mirrored registries. */
final class MirrorOptions {
    private static final Set<String> KNOWN = Set.of(
            DockerHub.HOST, "gcr.io", "ghcr.io", "mcr.microsoft.com", "public.ecr.aws", "quay.io", "registry.k8s.io");

    @Option(
            names = "--mirror",
            paramLabel = "REGISTRY[=URL]",
            description = "Mirror this registry: fetch its images when clients ask for them. For example docker.io, or"
                    + " docker.io=https://registry-1.docker.io. Repeat the option for several registries.")
    private List<String> registries = List.of();

    @Option(
            names = "--mirror-auth",
            paramLabel = "REGISTRY=FILE",
            description = "Docker config.json with the credentials for a mirrored registry.")
    private Map<String, Path> credentials = Map.of();

    @Option(
            names = "--mirror-ca",
            paramLabel = "REGISTRY=FILE",
            description = "PEM file with the certificate authorities of a mirrored registry.")
    private Map<String, Path> authorities = Map.of();

    @Option(
            names = "--mirror-anonymous",
            paramLabel = "REGISTRY",
            description =
                    "Let everybody who can reach this server pull the images that the credentials of this mirror can read.")
    private List<String> anonymous = List.of();

    /** The mirrors of the configuration, changed and extended by the options. */
    List<MirrorSettings> over(List<MirrorSettings> written) {
        var all = new LinkedHashMap<String, MirrorSettings>();
        written.forEach(mirror -> all.put(mirror.upstream(), mirror));
        var named = new HashSet<String>();
        for (var registry : registries) {
            var equals = registry.indexOf('=');
            var name = equals < 0 ? registry : registry.substring(0, equals);
            if (!named.add(name)) {
                throw new InvalidSettings("--mirror names " + name + " twice; its images can have one place only.");
            }
            all.put(name, equals < 0 ? ofHost(name) : MirrorSettings.of(name, url(registry.substring(equals + 1))));
        }
        credentials.forEach((name, file) ->
                all.put(name, named(all, name, "--mirror-auth").with(new UpstreamCredentials.DockerConfig(file))));
        authorities.forEach(
                (name, file) -> all.put(name, named(all, name, "--mirror-ca").trusting(file)));
        anonymous.forEach(
                name -> all.put(name, named(all, name, "--mirror-anonymous").openToAll()));
        return new ArrayList<>(all.values());
    }

    /** Checks the files that the options name. A person at the command line can fix them; files that the configuration names may appear later. */
    void requireUsableFiles(List<MirrorSettings> all) {
        for (var mirror : all) {
            if (credentials.containsKey(mirror.upstream()) || authorities.containsKey(mirror.upstream())) {
                mirror.fileFault().ifPresent(why -> {
                    throw new InvalidSettings("The mirror of " + mirror.upstream() + " can't be used: " + why + ".");
                });
            }
        }
    }

    /** A mirror without an address must be named by a host as in image names (Docker: with a dot, a port, or `localhost`). */
    private static MirrorSettings ofHost(String name) {
        if (name.indexOf('.') < 0 && name.indexOf(':') < 0 && !name.equals("localhost")) {
            var meant = NearestName.of(name, KNOWN)
                    .map(known -> " Did you mean " + known + "?")
                    .orElse(" Say where it is: --mirror " + name + "=https://registry.example.");
            throw new InvalidSettings("--mirror " + name + " is no host of a registry." + meant);
        }
        return MirrorSettings.of(name);
    }

    private static MirrorSettings named(Map<String, MirrorSettings> all, String name, String option) {
        var mirror = all.get(name);
        if (mirror == null) {
            throw new InvalidSettings(
                    option + " names " + name + ", which isn't mirrored; --mirror " + name + " does.");
        }
        return mirror;
    }

    private static URI url(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettings("--mirror needs an address after its =, such as https://registry.example.", e);
        }
    }
}
