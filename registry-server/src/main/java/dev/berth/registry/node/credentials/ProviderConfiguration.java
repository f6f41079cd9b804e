package dev.berth.registry.node.credentials;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The texts of the files that kubelet reads. Pure. No name in them needs quoting beyond what stands here: {@link TokenScope} has checked them. */
final class ProviderConfiguration {
    private ProviderConfiguration() {}

    /** A `CredentialProviderConfig` (kubelet.config.k8s.io/v1). Kubelet takes a token as the password only with `cacheType: Token`. */
    static String providers(List<TokenScope> scopes) {
        return """
                apiVersion: kubelet.config.k8s.io/v1
                kind: CredentialProviderConfig
                providers:
                """ + scopes.stream().map(ProviderConfiguration::provider).collect(Collectors.joining());
    }

    private static String provider(TokenScope scope) {
        var images =
                scope.images().stream().map(image -> '"' + image + '"').collect(Collectors.joining(", ", "[", "]"));
        return """
                  - name: %1$s
                    apiVersion: credentialprovider.kubelet.k8s.io/v1
                    matchImages: %2$s
                    args: %2$s
                    defaultCacheDuration: 0s
                    tokenAttributes:
                      serviceAccountTokenAudience: %3$s
                      cacheType: Token
                      requireServiceAccount: true
                """.formatted(scope.provider(), images, scope.audience());
    }

    /** A file for systemd's `EnvironmentFile=`: the two flags of kubelet, in one variable. */
    static String environment(Path folder) {
        return """
                BERTH_KUBELET_ARGS=--image-credential-provider-config=%1$s/config.yaml --image-credential-provider-bin-dir=%1$s/bin
                """.formatted(folder);
    }
}
