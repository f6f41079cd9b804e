package dev.berth.operator.mirror;

import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.mirror.Given.Nothing;
import dev.berth.operator.mirror.Given.Refused;
import dev.berth.v1alpha1.ImageMirror;
import java.util.Optional;
import java.util.stream.Stream;

/** What a mirror's spec names that its users bring: credentials for the upstream, and who vouches for it. */
record Brought(Given credentials, Given authority) {

    /** Asks for what the spec names, and for nothing else. */
    static Brought by(ImageMirror mirror, BroughtObjects objects) {
        var namespace = mirror.getMetadata().getNamespace();
        var upstream = mirror.getSpec().upstream();
        var secret = upstream.credentialsSecretRef();
        var configMap = upstream.caRef();
        return new Brought(
                secret == null
                        ? new Nothing()
                        : UpstreamCredentials.read(
                                secret.name(), upstream.host(), objects.secret(namespace, secret.name())),
                configMap == null
                        ? new Nothing()
                        : UpstreamAuthority.read(configMap.name(), objects.configMap(namespace, configMap.name())));
    }

    Optional<Stalled> refusal() {
        return Stream.of(credentials, authority)
                .filter(Refused.class::isInstance)
                .map(refused -> ((Refused) refused).why())
                .findFirst();
    }
}
