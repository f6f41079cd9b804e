package dev.berth.protocol.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImagesReportTest {
    @Test
    void the_document_is_read_as_it_was_written() throws IOException {
        var report = ImagesReport.of("containerd 2", List.of("sha256:1"), List.of("sha256:2", "sha256:3"));
        assertThat(report.json())
                .isEqualTo("{\"runtime\":\"containerd 2\",\"inUse\":[\"sha256:1\"],"
                        + "\"present\":[\"sha256:2\",\"sha256:3\"],\"more\":0}");
        assertThat(ImagesReport.read(report.json().getBytes(UTF_8))).isEqualTo(report);
    }

    @Test
    void a_document_of_another_version_is_read_as_far_as_it_can() throws IOException {
        var odd = ImagesReport.read("{\"inUse\":[\"sha256:1\",null],\"more\":-1,\"new\":{}}".getBytes(UTF_8));
        assertThat(odd.inUse()).containsExactly("sha256:1");
        assertThat(odd.present()).isEmpty();
        assertThat(odd.more()).isZero();
    }
}
