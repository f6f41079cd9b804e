package dev.berth.registry.http;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.catalog.DeleteBlob;
import dev.berth.registry.catalog.MountBlob;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.upstream.mirror.PullThrough;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The routes of the distribution API (OCI distribution-spec 1.1, "Endpoints"), each behind the action that it needs. */
public final class DistributionApi {
    private static final Answer.Header VERSION = new Answer.Header("Docker-Distribution-Api-Version", "registry/2.0");

    private final Dispatcher dispatcher;

    private DistributionApi(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    public static DistributionApi of(
            ServerThreads threads,
            HttpSettings settings,
            Stores stores,
            PushBlob pushBlob,
            AccessControl access,
            PullThrough mirrored,
            ServerMetrics metrics) {
        return new DistributionApi(new Dispatcher(
                threads,
                routes(stores, pushBlob, access, mirrored),
                metrics.requests()
                        .and(new AuditLog())
                        .and(new AccessLog(threads))
                        .and(new MirrorTraffic()),
                settings.proxies(),
                List.of(VERSION)));
    }

    /** What answers the requests that come from there. */
    Handler<HttpServerRequest> handler(Origin origin) {
        return dispatcher.from(origin);
    }

    static Router routes(Stores stores, PushBlob pushBlob, AccessControl access, PullThrough mirrored) {
        var metadata = stores.metadata();
        var gate = new Gate(access, mirrored.names());
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

        var hello = Answer.json(200, json -> {
            json.writeStartObject();
            json.writeEndObject();
        });

        return new Router()
                .get("/v2/", gate.known(_ -> hello))
                .get("/v2", gate.known(_ -> hello))
                .get(TokenRoute.PATH, gate.token(tokens::get))
                .post(TokenRoute.PATH, tokens::post)
                .get("/v2/_catalog", gate.catalog(repositories::list))
                .get("/v2/<name>/tags/list", gate.pull(tags::list))
                .get("/v2/<name>/referrers/<digest>", gate.pull(referrers::list, referrers::none))
                .get("/v2/<name>/manifests/<reference>", gate.pull(manifests.get()))
                .head("/v2/<name>/manifests/<reference>", gate.pull(manifests.head()))
                .put("/v2/<name>/manifests/<reference>", gate.push(newManifests::put))
                .delete("/v2/<name>/manifests/<reference>", gate.delete(manifests::delete))
                .get("/v2/<name>/blobs/<digest>", gate.pull(blobs.get()))
                .head("/v2/<name>/blobs/<digest>", gate.pull(blobs::head))
                .delete("/v2/<name>/blobs/<digest>", gate.delete(blobs::delete))
                .post("/v2/<name>/blobs/uploads/", gate.push(newUploads::start))
                .post("/v2/<name>/blobs/uploads", gate.push(newUploads::start))
                .get("/v2/<name>/blobs/uploads/<upload>", gate.push(uploads::status))
                .patch("/v2/<name>/blobs/uploads/<upload>", gate.push(uploads::append))
                .put("/v2/<name>/blobs/uploads/<upload>", gate.push(uploads::finish))
                .delete("/v2/<name>/blobs/uploads/<upload>", gate.push(uploads::cancel));
    }
}
