package dev.berth.registry;

import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.http.port.ServerCertificate;
import dev.berth.registry.settings.FileContents;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.storage.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads settings and the files that they name as a start does, and finds the same faults, but all that do not hide each other. It opens no port and
 * changes no file, so a server may run meanwhile.
 */
public final class ConfigurationCheck {
    private final SettingsSource source;
    private final List<String> faults = new ArrayList<>();

    /** Whether a server would start with the settings. */
    public sealed interface Result {
        /**
         * A server would start.
         *
         * @param users       the names in the users file
         * @param certificate the subject and the end of the TLS certificate
         * @param warnings    what the server would warn of in its log
         */
        record Usable(ServerSettings settings, Set<String> users, Optional<String> certificate, List<String> warnings)
                implements Result {
            public Usable {
                users = Set.copyOf(users);
                warnings = List.copyOf(warnings);
            }
        }

        /** No server would start; each fault is a sentence, as `serve` says it. */
        record Faulty(List<String> faults) implements Result {
            public Faulty {
                faults = List.copyOf(faults);
            }
        }
    }

    private ConfigurationCheck(SettingsSource source) {
        this.source = source;
    }

    /**
     * Checks the settings.
     *
     * @param further throws InvalidSettings for what only the caller can find wrong
     * @param now     the time at which a certificate must be valid
     */
    public static Result of(SettingsSource source, Consumer<ServerSettings> further, Instant now) {
        var check = new ConfigurationCheck(source);
        return check.attempt(() -> Configuration.own(source))
                .flatMap(own -> check.settings(own).map(settings -> check.files(settings, own, further, now)))
                .orElseGet(() -> new Result.Faulty(check.faults));
    }

    private Optional<ServerSettings> settings(FileContents own) {
        try {
            return Optional.of(Configuration.settings(source, own));
        } catch (InvalidSettings e) {
            source.file().ifPresent(file -> faults.addAll(file.faults(own.of(file.path()), ServerSettings::from)));
            if (faults.isEmpty()) {
                faults.add(String.valueOf(e.getMessage())); // two keys or an option together are at fault
            }
            return Optional.empty();
        }
    }

    private Result files(ServerSettings settings, FileContents own, Consumer<ServerSettings> further, Instant now) {
        attempt(() -> {
            further.accept(settings);
            return settings;
        });
        Stores.obstacle(settings.storage()).ifPresent(faults::add);
        var configuration = new Configuration(settings, own.and(readable(settings.files())));
        var users = has(configuration, settings.access().users().stream().toList())
                ? attempt(configuration::users)
                : Optional.<Set<String>>empty();
        var certificate = settings.tls()
                .filter(pair -> has(configuration, List.of(pair.certificate(), pair.key())))
                .flatMap(_ -> certificate(configuration));
        return faults.isEmpty()
                ? new Result.Usable(
                        settings,
                        users.orElseThrow(),
                        certificate.map(ServerCertificate::toString),
                        ReloadedRooms.warnings(configuration, certificate, now))
                : new Result.Faulty(faults);
    }

    /** The files that can be read; the others are faults. */
    private FileContents readable(List<Path> files) {
        var all = FileContents.read(List.of());
        for (var file : files) {
            var contents = attempt(() -> FileContents.read(List.of(file)));
            all = contents.map(all::and).orElse(all);
        }
        return all;
    }

    private static boolean has(Configuration configuration, List<Path> files) {
        return configuration.files().files().containsAll(files);
    }

    private Optional<ServerCertificate> certificate(Configuration configuration) {
        try (var threads = ServerThreads.start()) {
            return attempt(() -> ReloadedRooms.certificate(threads, configuration))
                    .flatMap(found -> found);
        }
    }

    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InvalidSettings e) {
            faults.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
