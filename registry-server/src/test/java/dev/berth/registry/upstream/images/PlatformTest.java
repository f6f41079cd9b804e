package dev.berth.registry.upstream.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64, true",
        "linux/amd64, linux/arm64, false",
        "linux/amd64, windows/amd64, false",
        "linux/arm64, linux/arm64/v8, true",
        "linux/arm64/v8, linux/arm64, true",
        "linux/arm64/v9, linux/arm64, false",
        "linux/arm, linux/arm/v6, true",
        "linux/arm/v7, linux/arm/v6, false",
        "linux/arm/v7, linux/arm, true",
        "linux/amd64, linux/amd64/v3, true"
    })
    void a_platform_covers_what_runtimes_would_run_for_it(String wanted, String other, boolean covered) {
        assertThat(platform(wanted).covers(platform(other))).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "linux/", "/amd64", "linux/amd64/v3/x", "Linux/amd64", "linux/amd 64"})
    void what_is_no_platform_is_none(String text) {
        assertThat(Platform.parse(text)).isEmpty();
    }

    private static Platform platform(String text) {
        return Platform.parse(text).orElseThrow();
    }
}
