package dev.berth.operator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.certificate.Authority;
import dev.berth.operator.child.Refusals.Refusal;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.resource.ReferencedObjects;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The certificate authorities of issuers, and what is said when one cannot be used. */
final class TokenIssuersTest {
    private static final Registry REGISTRY = Expected.registryOf("""
            storage: {persistentVolumeClaim: {size: 1Gi}}
            access:
              issuers:
              - {name: github, issuer: "https://token.actions.githubusercontent.com"}
              - {name: gitlab, issuer: "https://gitlab.example.com", caRef: {name: gitlab-ca}}
            """);

    @Test
    void an_authority_becomes_a_file_of_the_server() {
        var pem = new Authority(Clock.systemUTC(), new SecureRandom())
                .keepOrMake("any", Optional.empty())
                .pem()
                .certificate();
        var read = TokenIssuers.read(REGISTRY, new Around(Optional.of(withAuthority(pem))));
        assertThat(read.files()).containsOnlyKeys("issuer-gitlab.crt").containsValue(pem);
        assertThat(read.refusals()).isEmpty();
    }

    @Test
    void one_that_is_not_there_may_still_come() {
        var read = TokenIssuers.read(REGISTRY, new Around(Optional.empty()));
        assertThat(read.files()).isEmpty();
        assertThat(read.refusals())
                .singleElement()
                .extracting(Refusal::why)
                .isEqualTo(new InProgress(
                        "IssuerAuthorityNotFound",
                        "tokens of the issuer gitlab cannot be verified: the ConfigMap gitlab-ca that"
                                + " spec.access.issuers names does not exist in this namespace; create it with:"
                                + " kubectl -n team-a create configmap gitlab-ca --from-file=ca.crt=…"));
    }

    @Test
    void one_that_is_none_is_somebodys_to_correct() {
        for (var map : new ConfigMap[] {new ConfigMap(), withAuthority("none")}) {
            assertThat(TokenIssuers.read(REGISTRY, new Around(Optional.of(map))).refusals())
                    .singleElement()
                    .extracting(Refusal::why)
                    .isInstanceOfSatisfying(
                            Stalled.class,
                            why -> assertThat(why.message()).contains("has no PEM certificate in its key ca.crt"));
        }
    }

    private static ConfigMap withAuthority(String pem) {
        return new ConfigMapBuilder().addToData("ca.crt", pem).build();
    }

    /** A cluster with this ConfigMap in it. */
    private record Around(Optional<ConfigMap> map) implements ReferencedObjects {
        @Override
        public Optional<Secret> secret(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            return map;
        }

        @Override
        public boolean hasStorageClass(String name) {
            return false;
        }
    }
}
