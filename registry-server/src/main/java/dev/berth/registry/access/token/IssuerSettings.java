package dev.berth.registry.access.token;

import dev.berth.registry.settings.Section;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An OpenID Connect issuer whose tokens are accepted, such as that of GitHub Actions.
 *
 * @param name by which rules name it
 * @param issuer what must stand in a token's `iss`, and the URL below which the discovery document is
 * @param audience what must stand in a token's `aud`, so that a token made for somebody else is of no use here
 * @param certificateAuthority whom to trust there instead of Java's own list
 */
public record IssuerSettings(String name, String issuer, String audience, Optional<Path> certificateAuthority) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /** Reads an element of `access.issuers`. */
    public static IssuerSettings from(Section section) {
        return new IssuerSettings(
                section.text("name")
                        .filter(name -> NAME.matcher(name).matches())
                        .orElseThrow(() -> section.wrong(
                                "name",
                                "a name for rules: at most 63 lower-case letters and digits, and - between them")),
                section.text("issuer")
                        .filter(text -> url(text).isPresent())
                        .orElseThrow(() -> section.wrong(
                                "issuer", "the https URL in the tokens' `iss`, such as https://gitlab.example.com")),
                section.text("audience")
                        .orElseThrow(() -> section.wrong(
                                "audience", "the audience of the tokens, such as the address of this registry")),
                section.text("certificateAuthority").map(Path::of));
    }

    /** A URL without user, query and fragment, which an issuer's URL never has (OpenID Connect Core 1.0, 2). */
    private static Optional<URI> url(String text) {
        return IssuerSource.safeUrl(text)
                .filter(url -> "https".equals(url.getScheme()))
                .filter(url ->
                        url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null);
    }

    IssuerSource source() {
        return new IssuerSource(
                "issuer " + name,
                Optional.of(issuer),
                url(issuer).orElseThrow(),
                certificateAuthority,
                Optional.empty());
    }
}
