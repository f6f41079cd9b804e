package dev.berth.operator.mirror;

import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.mirror.MirrorInputs.Input.Absent;
import dev.berth.operator.mirror.MirrorInputs.Input.Refused;
import dev.berth.operator.resource.ReferencedObjects;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Upstream;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the objects contain that the spec of a mirror refers to.
 *
 * @param credentials from the Secret in `spec.upstream.credentialsSecretRef`
 * @param authority from the ConfigMap in `spec.upstream.caRef`
 */
public record MirrorInputs(Input credentials, Input authority) {
    static final MirrorInputs NONE = new MirrorInputs(new Absent(), new Absent());

    /** The result of reading one object. */
    sealed interface Input {
        /** The spec refers to no object. */
        record Absent() implements Input {}

        /** The text of a file for the server. */
        record File(String text) implements Input {
            @Override
            public String toString() {
                return "File[…]";
            }
        }

        /**
         * There is nothing to use.
         *
         * @param why `InProgress` if the object does not exist yet, `Stalled` if somebody has to correct its content
         */
        record Refused(Verdict why) implements Input {}
    }

    /**
     * Reads the inputs of mirrors.
     *
     * @param operatorNamespace holds the ConfigMap in which administrators allow hosts
     */
    public record Reader(ReferencedObjects objects, String operatorNamespace) {
        /** Reads the objects that the spec refers to, and no others. */
        MirrorInputs read(ImageMirror mirror) {
            var namespace = mirror.getMetadata().getNamespace();
            var upstream = mirror.getSpec().upstream();
            var configMap = upstream.caRef();
            return new MirrorInputs(
                    credentials(namespace, upstream),
                    configMap == null
                            ? new Absent()
                            : UpstreamAuthority.read(configMap.name(), objects.configMap(namespace, configMap.name())));
        }

        private Input credentials(String namespace, Upstream upstream) {
            var secret = upstream.credentialsSecretRef();
            if (secret == null) {
                return new Absent();
            }
            return CredentialHosts.refusal(upstream, this::allowedHosts)
                    .<Input>map(Refused::new)
                    .orElseGet(() -> UpstreamCredentials.read(
                            secret.name(), upstream.host(), objects.secret(namespace, secret.name())));
        }

        private CredentialHosts allowedHosts() {
            return new CredentialHosts(
                    objects.configMap(operatorNamespace, CredentialHosts.CONFIG_MAP), operatorNamespace);
        }
    }

    /** Why the mirror cannot do what its spec says, first what somebody has to correct; empty when all inputs can be used. */
    Optional<Verdict> refusal() {
        var whys = Stream.of(credentials, authority)
                .filter(Refused.class::isInstance)
                .map(refused -> ((Refused) refused).why())
                .toList();
        return whys.stream()
                .filter(Stalled.class::isInstance)
                .findFirst()
                .or(() -> whys.stream().findFirst());
    }
}
