package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.ApiCalls.ApiCall;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verb and the resource under which a request to the API server is counted. */
final class ApiCallsTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/namespaces/team-a/secrets/apps-pull, get, secrets",
        "GET, /api/v1/namespaces/team-a/secrets, list, secrets",
        "GET, /api/v1/secrets?labelSelector=a&limit=500, list, secrets",
        "GET, /api/v1/pods?allowWatchBookmarks=true&watch=true, watch, pods",
        "GET, /api/v1/namespaces, list, namespaces",
        "GET, /api/v1/namespaces/team-a, get, namespaces",
        "PUT, /api/v1/namespaces/team-a/finalize, update, namespaces/finalize",
        "GET, /apis/storage.k8s.io/v1/storageclasses/standard, get, storageclasses",
        "PATCH, /apis/berth.dev/v1alpha1/namespaces/team-a/registries/apps/status, patch, registries/status",
        "PATCH, /apis/apps/v1/namespaces/team-a/statefulsets/apps?fieldManager=berth-operator, patch, statefulsets",
        "POST, /api/v1/namespaces/team-a/events, create, events",
        "DELETE, /api/v1/namespaces/team-b/secrets/apps-pull, delete, secrets",
        "GET, /version, get, other",
        "GET, /apis/berth.dev/v1alpha1, get, other",
        "GET, /api, get, other",
        "GET, /, get, other",
        "HEAD, /api/v1/pods, other, pods"
    })
    void a_request_is_counted_by_the_words_of_rbac(String method, String uri, String verb, String resource) {
        assertThat(ApiCall.of(method, URI.create("https://10.96.0.1" + uri))).isEqualTo(new ApiCall(verb, resource));
    }
}
