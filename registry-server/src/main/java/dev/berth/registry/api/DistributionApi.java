package dev.berth.registry.api;

import static dev.berth.registry.api.admission.Permission.CATALOG;
import static dev.berth.registry.api.admission.Permission.DELETE;
import static dev.berth.registry.api.admission.Permission.LOGIN;
import static dev.berth.registry.api.admission.Permission.NONE;
import static dev.berth.registry.api.admission.Permission.PULL;
import static dev.berth.registry.api.admission.Permission.PUSH;
import static dev.berth.registry.api.admission.Permission.TOKEN;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.api.admission.AccessLog;
import dev.berth.registry.api.admission.ApiEndpoint;
import dev.berth.registry.api.admission.AuditLog;
import dev.berth.registry.api.admission.Challenge;
import dev.berth.registry.api.admission.Gate;
import dev.berth.registry.api.admission.MirrorTraffic;
import dev.berth.registry.catalog.DeleteBlob;
import dev.berth.registry.catalog.MountBlob;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Dispatcher;
import dev.berth.registry.http.Origin;
import dev.berth.registry.http.RequestListener;
import dev.berth.registry.http.Router;
import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.upstream.pull.PullThrough;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.stream.Stream;

/** The routes of the distribution API (OCI distribution-spec 1.1, "Endpoints"), each with the permission that it needs. */
public final class DistributionApi {
    private static final Answer.Header VERSION = new Answer.Header("Docker-Distribution-Api-Version", "registry/2.0");

    /** Paths of the management port. */
    private static final List<String> MANAGEMENT = List.of("/livez", "/readyz", "/metrics", "/status", "/maintenance/");

    private final Dispatcher dispatcher;

    private DistributionApi(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Makes the API of a server.
     *
     * @param metrics is told of every request
     */
    public static DistributionApi of(
            ServerThreads threads,
            HttpSettings settings,
            Stores stores,
            PushBlob pushBlob,
            AccessControl access,
            PullThrough mirrored,
            RequestListener metrics) {
        var gate = new Gate(access, mirrored.names());
        return new DistributionApi(new Dispatcher(
                threads,
                router(routes(stores, pushBlob, access, mirrored, gate), gate),
                metrics.and(new AuditLog()).and(new AccessLog(threads)).and(new MirrorTraffic()),
                settings.proxies(),
                new StorageFailures(),
                List.of(VERSION)));
    }

    /** The handler for requests that come in by this port. */
    Handler<HttpServerRequest> handler(Origin origin) {
        return dispatcher.from(origin);
    }

    private static Router router(List<ApiRoute> routes, Gate gate) {
        var router = new Router().hinting(DistributionApi::hint);
        routes.forEach(
                route -> router.on(route.method(), route.pattern(), gate.behind(route.permission(), route.endpoint())));
        return router;
    }

    /** The management port may have another number than by default, but strangers on this port need not learn it. */
    private static String hint(String path) {
        if (MANAGEMENT.stream().anyMatch(path::startsWith)) {
            return "it serves images; health, metrics and status are on the management port"
                    + " (`management.port`, --management-port), which is 5001 by default";
        }
        return path.startsWith("/v2/") ? "" : "it serves images to clients such as docker, below /v2/";
    }

    static List<ApiRoute> routes(
            Stores stores, PushBlob pushBlob, AccessControl access, PullThrough mirrored, Gate gate) {
        var metadata = stores.metadata();
        var upstreams = new UpstreamAnswers(new Challenge(access));
        var presence = new RepositoryPresence(metadata.repositories());
        var blobs = new BlobRoutes(mirrored.blobs(), DeleteBlob.of(stores), presence, upstreams, access);
        var uploads = new UploadRoutes(pushBlob);
        var newUploads = new NewUploadRoute(pushBlob, MountBlob.of(stores), access);
        var manifests =
                new ManifestRoutes(mirrored.manifests(), metadata.manifests(), metadata.tags(), presence, upstreams);
        var newManifests = new NewManifestRoute(PushManifest.of(stores), ManifestRoom.ofThisHeap());
        var tokens = new TokenRoute(access, gate);
        var tags = new TagListRoute(metadata.tags(), mirrored.lists(), upstreams);
        var referrers = new ReferrersRoute(metadata.referrers(), mirrored.lists(), upstreams);
        var repositories = new CatalogRoute(metadata.repositories(), access);
        var hello = ApiEndpoint.always(Answer.json(200, json -> {
            json.writeStartObject();
            json.writeEndObject();
        }));
        var stored = List.of(
                new ApiRoute("GET", "/v2/", LOGIN, hello),
                new ApiRoute("GET", "/v2", LOGIN, hello),
                new ApiRoute("GET", Challenge.TOKEN_PATH, TOKEN, tokens::get),
                new ApiRoute("POST", Challenge.TOKEN_PATH, NONE, tokens::post),
                new ApiRoute("GET", "/v2/_catalog", CATALOG, repositories::list),
                new ApiRoute("GET", "/v2/<name>/tags/list", PULL, tags::list),
                new ApiRoute("GET", "/v2/<name>/referrers/<digest>", PULL, referrers),
                new ApiRoute("GET", "/v2/<name>/manifests/<reference>", PULL, manifests.get()),
                new ApiRoute("HEAD", "/v2/<name>/manifests/<reference>", PULL, manifests.head()),
                new ApiRoute("PUT", "/v2/<name>/manifests/<reference>", PUSH, newManifests::put),
                new ApiRoute("DELETE", "/v2/<name>/manifests/<reference>", DELETE, manifests::delete),
                new ApiRoute("GET", "/v2/<name>/blobs/<digest>", PULL, blobs.get()),
                new ApiRoute("HEAD", "/v2/<name>/blobs/<digest>", PULL, blobs::head),
                new ApiRoute("DELETE", "/v2/<name>/blobs/<digest>", DELETE, blobs::delete),
                new ApiRoute("POST", "/v2/<name>/blobs/uploads/", PUSH, newUploads::start),
                new ApiRoute("POST", "/v2/<name>/blobs/uploads", PUSH, newUploads::start),
                new ApiRoute("GET", "/v2/<name>/blobs/uploads/<upload>", PUSH, uploads::status),
                new ApiRoute("PATCH", "/v2/<name>/blobs/uploads/<upload>", PUSH, uploads::append),
                new ApiRoute("PUT", "/v2/<name>/blobs/uploads/<upload>", PUSH, uploads::finish),
                new ApiRoute("DELETE", "/v2/<name>/blobs/uploads/<upload>", PUSH, uploads::cancel));
        return Stream.concat(new CanaryRoutes().routes().stream(), stored.stream())
                .toList();
    }
}
