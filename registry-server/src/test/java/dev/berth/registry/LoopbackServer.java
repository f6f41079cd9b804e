package dev.berth.registry;

import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.catalog.StorageSettings;
import dev.berth.registry.http.HttpSettings;
import dev.berth.registry.http.ListenAddress;
import dev.berth.registry.http.ManagementSettings;
import dev.berth.registry.logging.LogSettings;
import dev.berth.registry.maintenance.MaintenanceSettings;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A whole server on free ports of this machine, and a client that says what it was answered. */
public final class LoopbackServer implements AutoCloseable {
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
        var free = new ListenAddress("127.0.0.1", 0);
        var settings = new ServerSettings(
                new HttpSettings(free),
                new ManagementSettings(free),
                new StorageSettings(data),
                Optional.empty(),
                access,
                MaintenanceSettings.DEFAULT,
                mirrors,
                LogSettings.DEFAULT);
        return new LoopbackServer(RegistryServer.start(SettingsSource.of(settings), Clock.systemUTC()));
    }

    public ListenAddress address() {
        return server.address();
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.ofString(body)));
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

    public HttpResponse<String> management(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://" + server.managementAddress() + path)));
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
