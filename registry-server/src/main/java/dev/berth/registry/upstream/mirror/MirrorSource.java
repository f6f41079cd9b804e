package dev.berth.registry.upstream.mirror;

import dev.berth.protocol.name.DockerHub;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The address of a mirrored registry and how to log in to it.
 *
 * @param url           address of its API, without `/v2/`
 * @param realms        further hosts that may receive the credentials
 * @param anonymousPull whether images that need the credentials are served to clients that do not log in
 */
public record MirrorSource(
        URI url,
        Optional<UpstreamCredentials> credentials,
        Optional<Path> ca,
        List<String> realms,
        boolean anonymousPull) {
    public MirrorSource {
        realms = List.copyOf(realms);
        if (!Upstream.isWeb(url)) {
            throw new InvalidSettings(
                    "A mirror's `url` must be an address such as https://registry.example, not " + url + ".");
        }
        if (endsWithApi(url)) {
            throw new InvalidSettings(
                    "A mirror's `url` must end before /v2/, which Berth adds; remove /v2/ from " + url + ".");
        }
    }

    /** A registry that needs no login, at the address that its name says. */
    static MirrorSource of(String upstream) {
        return at(upstream, home(upstream));
    }

    private static boolean endsWithApi(URI url) {
        return url.getPath() != null && url.getPath().matches(".*/v2/?");
    }

    public static MirrorSource at(String upstream, URI url) {
        return new MirrorSource(url, Optional.empty(), Optional.empty(), realmsOf(upstream), false);
    }

    static MirrorSource from(Section section, String upstream) {
        return new MirrorSource(
                section.text("url").map(text -> url(section, text)).orElseGet(() -> home(upstream)),
                section.section("credentials", MirrorSource::credentials),
                section.text("ca").map(Path::of),
                section.texts("realms").orElseGet(() -> realmsOf(upstream)),
                section.flag("anonymousPull").orElse(false));
    }

    MirrorSource with(UpstreamCredentials login) {
        return new MirrorSource(url, Optional.of(login), ca, realms, anonymousPull);
    }

    MirrorSource trusting(Path authorities) {
        return new MirrorSource(url, credentials, Optional.of(authorities), realms, anonymousPull);
    }

    MirrorSource openToAll() {
        return new MirrorSource(url, credentials, ca, realms, true);
    }

    private static UpstreamCredentials credentials(Section section) {
        var config = section.text("dockerConfig").map(Path::of);
        var username = section.text("username");
        var password = section.text("passwordFile").map(Path::of);
        if (config.isPresent() == (username.isPresent() || password.isPresent())
                || username.isPresent() != password.isPresent()) {
            throw section.wrong("dockerConfig", "given, or else both `username` and `passwordFile`");
        }
        return config.<UpstreamCredentials>map(UpstreamCredentials.DockerConfig::new)
                .orElseGet(() -> new UpstreamCredentials.PasswordFile(username.orElseThrow(), password.orElseThrow()));
    }

    private static URI url(Section section, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw section.wrong("url", "an address such as https://registry.example");
        }
    }

    private static URI home(String upstream) {
        return upstream.equals(DockerHub.HOST) ? DockerHub.API : URI.create("https://" + upstream);
    }

    private static List<String> realmsOf(String upstream) {
        return upstream.equals(DockerHub.HOST) ? List.of(DockerHub.TOKEN_HOST) : List.of();
    }
}
