package dev.berth.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Counts the operator's requests to the API server as `berth_api_requests_total`, by verb, resource and status code. The code is `none` if
 * there was no answer.
 */
final class ApiCalls implements Interceptor {
    private final MeterRegistry meters;

    private ApiCalls(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A client whose requests are counted. */
    static KubernetesClient countedClient(Config config, MeterRegistry meters) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor(ApiCalls.class.getSimpleName(), new ApiCalls(meters)))
                .build();
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        count(request, String.valueOf(response.code()));
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count(request, "none");
    }

    private void count(HttpRequest request, String code) {
        var call = ApiCall.of(request.method(), request.uri());
        meters.counter("berth.api.requests", "verb", call.verb(), "resource", call.resource(), "code", code)
                .increment();
    }

    /**
     * What a request does, in the words of Kubernetes' RBAC.
     *
     * @param verb `get`, `list`, `watch`, `create`, `update`, `patch` or `delete`
     * @param resource such as `pods` or `registries/status`; `other` for paths that are no resource
     */
    record ApiCall(String verb, String resource) {
        /** Reads a path such as `/apis/berth.dev/v1alpha1/namespaces/team-a/registries/apps/status`. */
        static ApiCall of(String method, URI uri) {
            var path = List.of(uri.getPath().replaceFirst("^/", "").split("/"));
            var start = switch (path.getFirst()) {
                case "api" -> 2;
                case "apis" -> 3;
                default -> path.size();
            };
            var isNamespaced =
                    path.size() > start + 2 && path.get(start).equals("namespaces") && !isOfNamespace(path, start);
            var object = path.subList(Math.min(isNamespaced ? start + 2 : start, path.size()), path.size());
            if (object.isEmpty()) {
                return new ApiCall(verb(method, uri, true), "other");
            }
            var resource = object.size() > 2 ? object.getFirst() + "/" + object.get(2) : object.getFirst();
            return new ApiCall(verb(method, uri, object.size() > 1), resource);
        }

        /** Whether the path is a subresource of a namespace itself. */
        private static boolean isOfNamespace(List<String> path, int start) {
            return List.of("status", "finalize").contains(path.get(start + 2));
        }

        private static String verb(String method, URI uri, boolean hasName) {
            return switch (method) {
                case "GET" -> isWatch(uri) ? "watch" : hasName ? "get" : "list";
                case "POST" -> "create";
                case "PUT" -> "update";
                case "PATCH" -> "patch";
                case "DELETE" -> "delete";
                default -> "other";
            };
        }

        private static boolean isWatch(URI uri) {
            return uri.getQuery() != null && List.of(uri.getQuery().split("&")).contains("watch=true");
        }
    }
}
