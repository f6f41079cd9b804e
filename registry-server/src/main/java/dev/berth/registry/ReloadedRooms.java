package dev.berth.registry;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.api.ApiPorts;
import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.http.port.ServerCertificate;
import dev.berth.registry.logging.ConsoleLog;
import dev.berth.registry.storage.StorageQuota;
import dev.berth.registry.upstream.mirror.Mirror;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.mirror.Mirrors;
import dev.berth.registry.upstream.sync.Syncs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms of a running server that can change their configuration. */
record ReloadedRooms(
        ServerThreads threads,
        StorageQuota quota,
        Mirrors mirrors,
        Syncs syncs,
        AccessControl access,
        ApiPorts ports,
        Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadedRooms.class);

    /**
     * Checks the configuration and changes nothing yet.
     *
     * @return puts it in use
     * @throws dev.berth.registry.settings.InvalidSettings when a file that it names is not valid
     */
    Runnable prepare(Configuration changed) {
        var settings = changed.settings();
        var certificate = certificate(threads, changed);
        var newAccess = access.prepare(settings.access(), changed.accessFiles());
        return () -> {
            ConsoleLog.apply(settings.log());
            quota.limit(settings.storage().mostBytes());
            announce(mirrors.all().stream().map(Mirror::settings).toList(), settings.mirrors());
            mirrors.reload(settings.mirrors());
            syncs.reload(mirrors.all());
            newAccess.run();
            certificate.ifPresent(ports::use);
            warn(changed, certificate, clock.instant());
        };
    }

    /** Logs warnings about settings that are probably a mistake. */
    static void warn(Configuration configuration, Optional<ServerCertificate> certificate, Instant now) {
        warnings(configuration, certificate, now).forEach(LOG::warn);
    }

    /** Warnings about settings that are probably a mistake, a sentence each. */
    static List<String> warnings(Configuration configuration, Optional<ServerCertificate> certificate, Instant now) {
        var found = new ArrayList<>(SettingsWarnings.of(configuration));
        configuration.settings().access().fileWarning().ifPresent(found::add);
        certificate.flatMap(it -> it.warning(now)).ifPresent(found::add);
        for (var mirror : configuration.settings().mirrors()) {
            if (!mirror.paused()) {
                mirror.fileFault()
                        .ifPresent(why -> found.add("The mirror of " + mirror.upstream()
                                + " can fetch nothing until its files are right: " + why + "."));
            }
        }
        return found;
    }

    /** Logs which mirrors are new or changed. */
    static void announce(List<MirrorSettings> before, List<MirrorSettings> now) {
        for (var mirror : now) {
            if (!before.contains(mirror)) {
                LOG.info("Mirrors {}", mirror.summary());
            }
        }
    }

    static Optional<ServerCertificate> certificate(ServerThreads threads, Configuration configuration) {
        var files = configuration.files();
        return configuration
                .settings()
                .tls()
                .map(pair ->
                        ServerCertificate.parse(threads, pair, files.of(pair.certificate()), files.of(pair.key())));
    }
}
