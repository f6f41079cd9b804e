package dev.berth.registry.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostNameTest {
    private static final Path CERTS = Path.of("/etc/containerd/certs.d");

    @ParameterizedTest
    @ValueSource(strings = {"apps.team-a.svc", "docker.io", "registry", "10.96.0.1", "registry.example:5000", "a--b.c"})
    void a_host_is_accepted(String text) {
        assertThat(new HostName(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../etc",
                "a/../b",
                "/etc",
                "a/b",
                "a..b",
                ".hidden",
                "a.",
                "-a",
                "a-",
                "_default",
                "Upper.case",
                "a:",
                "a:0",
                "a:123456",
                "a:b",
                "a b",
                "a\n",
                "a\u0000b",
                "a\"b",
                "a\\b",
                "höst"
            })
    void anything_else_is_refused_with_what_was_expected(String text) {
        assertThat(HostName.accepts(text)).isFalse();
        assertThatThrownBy(() -> new HostName(text))
                .isInstanceOf(InvalidHost.class)
                .hasMessageContaining("a host name");
    }

    @Property
    void no_accepted_name_leaves_the_folder_or_needs_quoting(
            @ForAll
                    @StringLength(max = 40)
                    @Chars({'.', '/', ':', '-', '_', '"', '\\', '~'})
                    @CharRange(from = 'a', to = 'c')
                    String text) {
        if (HostName.accepts(text)) {
            var folder = CERTS.resolve(text).normalize();
            assertThat(folder.getParent()).isEqualTo(CERTS);
            assertThat(text).doesNotContain("\"", "\\").doesNotStartWith(".").doesNotStartWith("_");
        }
    }
}
