package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.child.ChildFailure;
import dev.berth.operator.network.RegistryService;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

/** What a user is told of a child that could not be applied. */
final class TroubleTest {
    @Test
    void the_api_server_s_own_words_are_passed_on_without_its_address() {
        var status = new StatusBuilder()
                .withCode(403)
                .withMessage("exceeded quota: storage")
                .build();
        assertThat(Trouble.of("PersistentVolumeClaim", new KubernetesClientException(status)))
                .isEqualTo(
                        new Trouble(
                                "ApplyFailed",
                                "the PersistentVolumeClaim was not applied: exceeded quota: storage; the operator tries again"));
    }

    @Test
    void an_api_server_that_does_not_answer_is_said_to_be_that() {
        var failure = new KubernetesClientException("GET https://10.0.0.1/…: connection refused");
        assertThat(Trouble.of("Service", failure).message()).contains("the API server did not answer");
    }

    @Test
    void a_name_that_is_taken_has_a_reason_of_its_own() {
        assertThat(Trouble.of("Service", ChildFailure.NameTaken.by(RegistryService.of(Expected.registry()))))
                .isEqualTo(new Trouble(
                        "NameTaken",
                        "there is a Service apps in namespace team-a that Berth did not make; rename or delete it, or give"
                                + " the Registry another name"));
    }
}
