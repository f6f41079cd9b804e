package dev.berth.operator.pullsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which namespaces take a pull secret of another one. */
final class PullSecretConsentTest {
    private static final Map<String, String> CONSENT = Map.of("pull-secrets.berth.dev/platform", "allow");

    @Test
    void the_label_consents_to_the_namespace_that_it_names_and_to_no_other() {
        assertThat(PullSecretConsent.given(namespace("team-c", CONSENT), "platform", false))
                .isTrue();
        assertThat(PullSecretConsent.given(namespace("team-c", CONSENT), "team-b", false))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "true", "deny", "Allow"})
    void any_other_value_consents_to_nothing(String value) {
        var labels = Map.of("pull-secrets.berth.dev/platform", value);
        assertThat(PullSecretConsent.given(namespace("team-c", labels), "platform", false))
                .isFalse();
    }

    @Test
    void an_administrator_s_trust_needs_no_label() {
        assertThat(PullSecretConsent.given(namespace("team-c", Map.of()), "platform", true))
                .isTrue();
        assertThat(PullSecretConsent.given(namespace("team-c", Map.of()), "platform", false))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-system", "kube-public", "kube-node-lease"})
    void kubernetes_own_namespaces_take_none_whatever_is_said(String name) {
        assertThat(PullSecretConsent.given(namespace(name, CONSENT), "platform", true))
                .isFalse();
    }

    private static Namespace namespace(String name, Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
