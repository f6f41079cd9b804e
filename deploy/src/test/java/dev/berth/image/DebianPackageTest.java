package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DebianPackageTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @Test
    void the_pins_name_glibc() {
        assertThat(DebianPackage.pinned())
                .extracting(DebianPackage::name)
                .contains("libc6", "libc-bin")
                .doesNotHaveDuplicates();
    }

    @Test
    void a_download_is_kept_by_its_version() {
        var zlib = DebianPackage.parse("zlib1g 1:1.3.1-1 pool/main/z/zlib/zlib1g_1.3.1-1_amd64.deb " + SHA256);

        assertThat(zlib.fileName()).isEqualTo("zlib1g_1.3.1-1_amd64.deb");
    }

    @Test
    void a_pin_that_lacks_a_part_is_refused_with_the_form_that_it_should_have() {
        assertThatThrownBy(() -> DebianPackage.parse("zlib1g 1:1.3.1-1 " + SHA256))
                .hasMessageContaining("a line is 'name version path sha256'");
        assertThatThrownBy(() ->
                        DebianPackage.parse("zlib1g 1:1.3.1-1 pool/z.deb " + SHA256.toUpperCase(java.util.Locale.ROOT)))
                .hasMessageContaining("zlib1g: a SHA-256 is 64 lower-case hex digits");
    }
}
