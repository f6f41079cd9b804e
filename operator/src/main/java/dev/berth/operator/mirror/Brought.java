package dev.berth.operator.mirror;

import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.mirror.Given.Nothing;
import dev.berth.operator.mirror.Given.Refused;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Upstream;
import java.util.Optional;
import java.util.stream.Stream;

/** What a mirror's spec names that its users bring: credentials for the upstream, and who vouches for it. */
record Brought(Given credentials, Given authority) {

    /** Asks for what the spec names, and for nothing else. */
    static Brought by(ImageMirror mirror, BroughtObjects objects) {
        var namespace = mirror.getMetadata().getNamespace();
        var upstream = mirror.getSpec().upstream();
        var configMap = upstream.caRef();
        return new Brought(
                credentials(namespace, upstream, objects),
                configMap == null
                        ? new Nothing()
                        : UpstreamAuthority.read(configMap.name(), objects.configMap(namespace, configMap.name())));
    }

    private static Given credentials(String namespace, Upstream upstream, BroughtObjects objects) {
        var secret = upstream.credentialsSecretRef();
        if (secret == null) {
            return new Nothing();
        }
        return CredentialsHost.refusal(upstream, objects::credentialHosts)
                .<Given>map(Refused::new)
                .orElseGet(() -> UpstreamCredentials.read(
                        secret.name(), upstream.host(), objects.secret(namespace, secret.name())));
    }

    Optional<Stalled> refusal() {
        return Stream.of(credentials, authority)
                .filter(Refused.class::isInstance)
                .map(refused -> ((Refused) refused).why())
                .findFirst();
    }
}
