package dev.berth.registry.http.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TlsSettingsTest {
    @Test
    void by_default_there_is_no_tls() {
        assertThat(TlsSettings.of(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void every_key_set() {
        Map<String, Object> written = Map.of("certificate", "/tls/tls.crt", "key", "/tls/tls.key");
        assertThat(Section.read(written, TlsSettings::from))
                .isEqualTo(new TlsSettings(Path.of("/tls/tls.crt"), Path.of("/tls/tls.key")));
    }

    @Test
    void half_a_pair_is_refused() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(Map.of("key", "/tls/tls.key"), TlsSettings::from))
                .withMessage("TLS needs a certificate and its key; only the key was given.");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(Map.of(), TlsSettings::from))
                .withMessageContaining("leave `tls` out to serve plain HTTP");
    }
}
