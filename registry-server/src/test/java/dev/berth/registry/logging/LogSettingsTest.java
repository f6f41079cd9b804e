package dev.berth.registry.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LogSettingsTest {
    @Test
    void by_default_lines_for_people() {
        assertThat(Section.read(Map.of(), LogSettings::from))
                .isEqualTo(new LogSettings(LogSettings.Format.TEXT, LogSettings.Level.INFO));
    }

    @Test
    void every_key_set() {
        assertThat(Section.read(Map.of("format", "json", "level", "debug"), LogSettings::from))
                .isEqualTo(new LogSettings(LogSettings.Format.JSON, LogSettings.Level.DEBUG));
    }

    @Test
    void a_value_that_is_none_is_refused_with_all_there_are() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(Map.of("format", "xml"), LogSettings::from))
                .withMessage("The configuration's `format` must be one of text, json.");
    }
}
