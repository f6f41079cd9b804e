package dev.berth.registry.access.token;

import dev.berth.registry.settings.Section;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whose service accounts are let in.
 *
 * @param issuer what must stand in a token's `iss`; empty takes what the discovery document says
 * @param discovery where `/.well-known/openid-configuration` is asked for (OpenID Connect Discovery 1.0, 4)
 * @param audience what must stand in a token's `aud`, so that a token made for somebody else is of no use here
 * @param otherAudiences further audiences with the same meaning: the names by which clients outside the cluster call the registry
 * @param kubeletAudience another audience, that of the tokens that kubelet sends for pods: such a token can only pull. A token whose audience goes on
 *     with a slash and the host of a mirrored registry is good for the images of that mirror alone
 * @param certificateAuthority whom to trust there instead of Java's own list
 * @param tokenFile a token of the server's own to show there; it goes nowhere that the authority doesn't vouch for
 */
public record ServiceAccountSettings(
        Optional<String> issuer,
        URI discovery,
        String audience,
        List<String> otherAudiences,
        Optional<String> kubeletAudience,
        Optional<Path> certificateAuthority,
        Optional<Path> tokenFile) {
    public ServiceAccountSettings {
        otherAudiences = List.copyOf(otherAudiences);
    }

    private static final String CLUSTER = "https://kubernetes.default.svc";

    public static ServiceAccountSettings from(Section section) {
        var issuer = section.text("issuer");
        var authority = section.text("certificateAuthority").map(Path::of);
        var token = section.text("tokenFile").map(Path::of);
        if (token.isPresent() && authority.isEmpty()) {
            throw section.wrong("tokenFile", "together with `certificateAuthority`, lest the token go to strangers");
        }
        return new ServiceAccountSettings(
                issuer,
                url(section, issuer),
                section.text("audience")
                        .orElseThrow(
                                () -> section.wrong("audience", "the audience that pods have their tokens made for")),
                section.texts("otherAudiences").orElse(List.of()),
                section.text("kubeletAudience"),
                authority,
                token);
    }

    /** Whether a token with these audiences was made for this registry. */
    boolean isMeant(List<String> audiences) {
        return audiences.contains(audience) || !Collections.disjoint(audiences, otherAudiences);
    }

    private static URI url(Section section, Optional<String> issuer) {
        var key = section.text("discovery").isPresent() || issuer.isEmpty() ? "discovery" : "issuer";
        var text = section.text("discovery").or(() -> issuer).orElse(CLUSTER);
        return IssuerSource.safeUrl(text)
                .orElseThrow(() -> section.wrong(key, "an https URL; plain http is for this machine alone"));
    }

    IssuerSource source() {
        return new IssuerSource("service account tokens", issuer, discovery, certificateAuthority, tokenFile);
    }
}
