package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one sentence that an operator ends with that can't begin. */
final class CannotStartTest {
    private static final URL SERVER = url("https://10.0.0.1/");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | Berth's CustomResourceDefinitions are missing; install them with: kubectl apply -k deploy/",
                "403 | the operator lacks a permission; grant it with: kubectl apply -k deploy/. The API server said: because",
                "401 | the API server rejects the operator's token",
                "500 | the API server refused: because"
            })
    void the_api_server_s_answer_becomes_what_to_do(int code, String sentence) {
        var status = new StatusBuilder().withCode(code).withMessage("because").build();
        var buried = new IllegalStateException("informer", new KubernetesClientException(status));
        assertThat(CannotStart.because(buried, SERVER)).hasMessageStartingWith(sentence);
    }

    @Test
    void no_answer_is_said_to_be_that() {
        var failure =
                new KubernetesClientException("An error has occurred.", new ConnectException("Connection refused"));
        assertThat(CannotStart.because(failure, SERVER))
                .hasMessage("the API server https://10.0.0.1/ cannot be reached: Connection refused");
    }

    @Test
    void a_cluster_that_is_listed_too_slowly_is_not_said_to_be_unreachable() {
        var failure = new IllegalStateException("informer", new TimeoutException());
        assertThat(CannotStart.because(failure, SERVER))
                .hasMessageStartingWith(
                        "the API server https://10.0.0.1/ took longer than 10 minutes to list what the operator watches");
    }

    private static URL url(String text) {
        try {
            return URI.create(text).toURL();
        } catch (MalformedURLException never) {
            throw new IllegalArgumentException(never);
        }
    }
}
