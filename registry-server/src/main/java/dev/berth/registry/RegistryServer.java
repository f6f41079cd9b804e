package dev.berth.registry;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.token.TokenKey;
import dev.berth.registry.api.ApiPorts;
import dev.berth.registry.api.DistributionApi;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.http.port.ServerCertificate;
import dev.berth.registry.logging.ConsoleLog;
import dev.berth.registry.maintenance.Maintenance;
import dev.berth.registry.maintenance.SteadyClock;
import dev.berth.registry.management.ManagementPort;
import dev.berth.registry.management.MirrorStatus;
import dev.berth.registry.management.ServerMetrics;
import dev.berth.registry.management.ServerStatus;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.upstream.pull.PullThrough;
import dev.berth.registry.upstream.sync.SyncStore;
import dev.berth.registry.upstream.sync.Syncs;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A running registry server: its rooms, wired by hand. Closing it waits for requests under way. */
public final class RegistryServer implements AutoCloseable {
    /** Less than the 30 s that Kubernetes gives a pod to end. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);

    /** Closes the rooms, the last one opened first. */
    private final Deque<Runnable> closings = new ArrayDeque<>();

    private final ServerSettings settings;
    private final ListenAddress address;
    private final Optional<ListenAddress> externalAddress;
    private final ListenAddress managementAddress;
    private volatile boolean draining;

    /**
     * Opens one room after the other. If one cannot be opened, the others are closed again.
     *
     * @throws dev.berth.registry.settings.InvalidSettings and
     * @throws dev.berth.registry.storage.StorageUnavailable with a sentence on what to do
     */
    public static RegistryServer start(SettingsSource source, Clock clock) {
        return new RegistryServer(source, Configuration.load(source), clock);
    }

    private RegistryServer(SettingsSource source, Configuration configuration, Clock clock) {
        var started = clock.instant();
        this.settings = configuration.settings();
        ConsoleLog.apply(settings.log());
        try {
            var threads = ServerThreads.start();
            closings.push(threads::close);
            var steady = new SteadyClock(clock, System::nanoTime);
            var stores = Stores.open(settings.storage(), steady);
            closings.push(stores::close);
            stores.hashing().link(); // beside the rest of the start, so that the first push finds it done
            var pushBlob = PushBlob.of(stores, new SecureRandom());
            var maintenance = Maintenance.start(stores, settings.maintenance(), steady, new SecureRandom());
            closings.push(maintenance::close);
            var mirrored = PullThrough.open(settings.mirrors(), stores, pushBlob, steady, System.getenv());
            closings.push(mirrored::close);
            var syncs = Syncs.start(
                    SyncStore.of(stores, pushBlob), mirrored.mirrors().all(), steady);
            closings.push(syncs::close);
            var mirrors = new MirrorStatus(
                    mirrored.mirrors(), syncs, stores.metadata().mirrored());
            var access = AccessControl.open(
                    settings.access(),
                    configuration.accessFiles(),
                    TokenKey.of(configuration.tlsKey(), new SecureRandom()),
                    clock,
                    new MirrorExposures(mirrored.mirrors()));
            var certificate = ReloadedRooms.certificate(threads, configuration);
            var metrics = new ServerMetrics(threads, stores, access.logins(), maintenance, mirrors);

            var api = DistributionApi.of(
                    threads, settings.http(), stores, pushBlob, access, mirrored, metrics.requests());
            var ports = ApiPorts.open(threads, settings.http(), certificate, api);
            closings.push(() -> ports.drain(DRAIN_LIMIT));

            var rooms = new ReloadedRooms(threads, stores.quota(), mirrored.mirrors(), syncs, access, ports, clock);
            var watch = ConfigurationWatch.start(source, configuration, rooms::prepare);
            closings.push(watch::close);

            var status = new ServerStatus(
                    BerthVersion.current(),
                    clock,
                    started,
                    watch::revision,
                    stores,
                    mirrors,
                    access::passwordKeys,
                    () -> ports.certificate().map(ServerCertificate::fingerprint));
            var management = ManagementPort.open(
                    threads,
                    settings.management(),
                    new ManagementPort.Managed(
                            status,
                            metrics,
                            maintenance,
                            () -> draining ? Optional.of("the server is ending") : stores.unreadable(),
                            ports.address().port()));
            closings.push(management::close);
            this.address = ports.address();
            this.externalAddress = ports.externalAddress();
            this.managementAddress = management.address();
            stores.announce(managementAddress.local());
            ReloadedRooms.announce(List.of(), settings.mirrors());
            ReloadedRooms.warn(configuration, certificate, started);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The settings with which the server was started. */
    public ServerSettings settings() {
        return settings;
    }

    /** The address of the API, with the port that was really opened. */
    public ListenAddress address() {
        return address;
    }

    /** The address for clients from outside the cluster, if the settings have one. */
    public Optional<ListenAddress> externalAddress() {
        return externalAddress;
    }

    public ListenAddress managementAddress() {
        return managementAddress;
    }

    @Override
    public void close() {
        draining = true;
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}
