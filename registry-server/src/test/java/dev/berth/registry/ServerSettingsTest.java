package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.http.port.ConnectionLimits;
import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.http.port.TlsSettings;
import dev.berth.registry.logging.LogSettings;
import dev.berth.registry.maintenance.MaintenanceSettings;
import dev.berth.registry.maintenance.MaintenanceSettings.CollectionSettings;
import dev.berth.registry.maintenance.MaintenanceSettings.UntaggedSettings;
import dev.berth.registry.management.ManagementSettings;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.SettingsFile;
import dev.berth.registry.storage.UploadSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ServerSettingsTest {
    /** As the operator writes it. */
    private static final String WHOLE = """
            http: {host: 127.0.0.1, port: 8443, connections: {most: 100, quiet: 30s}}
            management: {host: 0.0.0.0, port: 5001}
            storage: {filesystem: {path: /var/lib/berth}, lease: 12h, uploads: {expiry: 6h, perUser: 50}}
            maintenance: {collection: {enabled: false, interval: 30m}, untagged: {policy: remove, after: 7d}}
            tls: {certificate: /etc/berth/tls/tls.crt, key: /etc/berth/tls/tls.key}
            access:
              users: /etc/berth/users/htpasswd
              anonymousPull: true
              rules:
                - {subjects: [{user: push}], repositories: ["**"], actions: [pull, push, delete]}
                - {subjects: [{user: pull}], repositories: ["**"], actions: [pull]}
            log: {format: json, level: debug}
            """;

    @Test
    void an_empty_file_says_the_defaults() {
        assertThat(read("")).isEqualTo(ServerSettings.DEFAULT);
        assertThat(ServerSettings.DEFAULT.storage().folder()).isEqualTo(Path.of("berth-data"));
        assertThat(ServerSettings.DEFAULT.access()).isEqualTo(AccessSettings.OPEN);
        assertThat(ServerSettings.DEFAULT.tls()).isEmpty();
    }

    @Test
    void every_key_set() {
        var settings = read(WHOLE);
        assertThat(settings.http().address()).isEqualTo(new ListenAddress("127.0.0.1", 8443));
        assertThat(settings.http().connections()).isEqualTo(new ConnectionLimits(100, Duration.ofSeconds(30)));
        assertThat(settings.management()).isEqualTo(new ManagementSettings(new ListenAddress("0.0.0.0", 5001)));
        assertThat(settings.storage().folder()).isEqualTo(Path.of("/var/lib/berth"));
        assertThat(settings.storage().lease()).hasHours(12);
        assertThat(settings.storage().uploads()).isEqualTo(new UploadSettings(Duration.ofHours(6), 50));
        assertThat(settings.maintenance())
                .isEqualTo(new MaintenanceSettings(
                        new CollectionSettings(false, Duration.ofMinutes(30)),
                        new UntaggedSettings(true, Duration.ofDays(7))));
        assertThat(settings.tls())
                .contains(new TlsSettings(Path.of("/etc/berth/tls/tls.crt"), Path.of("/etc/berth/tls/tls.key")));
        assertThat(settings.access().anonymousPull()).isEqualTo(AnonymousPull.EVERYTHING);
        assertThat(settings.access().rules().orElseThrow()).hasSize(2).satisfies(rules -> {
            assertThat(rules.get(0).allows(new Caller.User("push"), Action.DELETE, "a/b"))
                    .isTrue();
            assertThat(rules.get(1).allows(new Caller.User("pull"), Action.PUSH, "a/b"))
                    .isFalse();
        });
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Format.JSON, LogSettings.Level.DEBUG));
        assertThat(settings.files())
                .containsExactly(
                        Path.of("/etc/berth/users/htpasswd"),
                        Path.of("/etc/berth/tls/tls.crt"),
                        Path.of("/etc/berth/tls/tls.key"));
    }

    @Test
    void what_can_not_be_meant_is_refused() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> read("maintenance: {untagged: {policy: delete}}"))
                .withMessageEndingWith("`maintenance.untagged.policy` must be keep or remove.");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> read("storage: {uploads: {perUser: 0}}"))
                .withMessageEndingWith("`storage.uploads.perUser` must be at least 1.");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> read("mirrors: [{upstream: docker.io}, {upstream: docker.io}]"))
                .withMessageContaining("docker.io is mirrored twice");
    }

    @Test
    void the_port_for_clients_from_outside_is_none_of_the_other_two() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> read("http: {port: 8443, externalPort: 8443}").checked())
                .withMessageEndingWith("`http.externalPort` must be another port than `http.port`, which is 8443 too.");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> read("http: {port: 8443, externalPort: 5001}").checked())
                .withMessageContaining("another port than `management.port`, which is 5001 too.");
        assertThat(read("http: {port: 8443, externalPort: 8444}")
                        .checked()
                        .http()
                        .externalPort())
                .contains(8444);
    }

    @Test
    void an_unknown_key_stops_the_start() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> read("storage: {filesystem: {pathh: /data}}"))
                .withMessage("config.yaml: The configuration has an unknown key `storage.filesystem.pathh`."
                        + " Did you mean `storage.filesystem.path`?");
    }

    private static ServerSettings read(String yaml) {
        return new SettingsFile(Path.of("config.yaml"))
                .parse(yaml.getBytes(StandardCharsets.UTF_8), ServerSettings::from);
    }
}
