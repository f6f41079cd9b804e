package dev.berth.registry.node.credentials;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The credential provider of a node.
 *
 * @param folder its folder, as kubelet sees it
 * @param here the same folder, as this process sees it
 * @param scopes which images get which tokens
 */
public record CredentialSettings(Path folder, Path here, List<TokenScope> scopes) {
    public CredentialSettings {
        scopes = merged(scopes);
    }

    /** One scope for each provider. */
    private static List<TokenScope> merged(List<TokenScope> scopes) {
        var merged = new LinkedHashMap<String, TokenScope>();
        scopes.forEach(scope -> merged.merge(scope.provider(), scope, CredentialSettings::both));
        return List.copyOf(merged.values());
    }

    private static TokenScope both(TokenScope one, TokenScope other) {
        var images = new ArrayList<>(one.images());
        other.images().stream().filter(image -> !images.contains(image)).forEach(images::add);
        return new TokenScope(one.namespace(), one.upstream(), images);
    }
}
