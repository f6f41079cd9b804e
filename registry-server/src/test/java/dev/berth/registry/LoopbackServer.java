package dev.berth.registry;

import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.api.HttpSettings;
import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.logging.LogSettings;
import dev.berth.registry.maintenance.MaintenanceSettings;
import dev.berth.registry.management.ManagementSettings;
import dev.berth.registry.settings.Section;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole server on free ports of this machine, and a client that says what it was answered. */
public final class LoopbackServer implements AutoCloseable {
    private static final ListenAddress FREE = new ListenAddress("127.0.0.1", 0);

    private final RegistryServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private LoopbackServer(RegistryServer server) {
        this.server = server;
    }

    public static LoopbackServer open(Path data) {
        return start(data, AccessSettings.OPEN);
    }

    public static LoopbackServer start(Path data, AccessSettings access) {
        return start(data, access, List.of());
    }

    /** One that mirrors other registries. */
    public static LoopbackServer start(Path data, AccessSettings access, List<MirrorSettings> mirrors) {
        var http = new HttpSettings(FREE);
        return start(settings(data, http, access, mirrors));
    }

    /** One that has a port for clients from outside of the cluster, too. */
    public static LoopbackServer reachedFromOutside(Path data, AccessSettings access, List<MirrorSettings> mirrors) {
        Map<String, Object> written = Map.of("host", FREE.host(), "port", 0, "externalPort", 0);
        var http = Section.read(written, HttpSettings::from);
        return start(settings(data, http, access, mirrors));
    }

    private static ServerSettings settings(
            Path data, HttpSettings http, AccessSettings access, List<MirrorSettings> mirrors) {
        return new ServerSettings(
                http,
                new ManagementSettings(FREE),
                new StorageSettings(data),
                Optional.empty(),
                access,
                MaintenanceSettings.DEFAULT,
                mirrors,
                LogSettings.DEFAULT);
    }

    /** One by settings as a file has them, which name no ports. */
    public static LoopbackServer start(Map<String, Object> written) {
        var all = new HashMap<>(written);
        all.put("http", Map.of("host", FREE.host(), "port", 0));
        all.put("management", Map.of("port", 0));
        return start(Section.read(all, ServerSettings::from));
    }

    private static LoopbackServer start(ServerSettings settings) {
        return new LoopbackServer(RegistryServer.start(SettingsSource.of(settings), Clock.systemUTC()));
    }

    public ListenAddress address() {
        return server.address();
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(method, path, BodyPublishers.ofString(body), headers);
    }

    public HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        return send(request(path, headers).method(method, body));
    }

    /** The same by the port for clients from outside. */
    public HttpResponse<String> outside(String method, String path, String... headers) {
        var port = server.externalAddress().orElseThrow();
        var request = HttpRequest.newBuilder(URI.create("http://" + port + path));
        return send((headers.length == 0 ? request : request.headers(headers)).method(method, BodyPublishers.noBody()));
    }

    /** A body that may be anything; throws when it doesn't come whole. */
    public byte[] bytes(String path) {
        try {
            return client.send(request(path).GET().build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Of its management port. */
    public URI managementUrl() {
        return URI.create("http://" + server.managementAddress());
    }

    public HttpResponse<String> management(String path) {
        return send(HttpRequest.newBuilder(managementUrl().resolve(path)));
    }

    /** Collects what nothing needs, and waits for the end of it. */
    public HttpResponse<String> collect() {
        return send(HttpRequest.newBuilder(URI.create("http://" + server.managementAddress() + "/maintenance/collect"))
                .POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://" + server.address() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
