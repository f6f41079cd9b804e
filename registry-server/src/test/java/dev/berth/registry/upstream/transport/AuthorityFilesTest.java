package dev.berth.registry.upstream.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.IssuedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthorityFilesTest {
    @TempDir
    private Path folder;

    private Path file;
    private final AuthorityFiles files = new AuthorityFiles();

    @BeforeEach
    void issue() throws Exception {
        file = folder.resolve("tls.crt");
        IssuedCertificate.issue(1).write(folder);
    }

    @Test
    void a_file_is_parsed_once_however_many_requests_need_it() {
        assertThat(files.read(file)).isSameAs(files.read(file));
    }

    @Test
    void a_file_that_is_only_touched_is_not_parsed_again() throws IOException {
        var first = files.read(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        assertThat(files.read(file)).isSameAs(first);
    }

    @Test
    void a_renewed_file_counts_at_once_even_if_its_time_stays() throws Exception {
        var first = files.read(file);
        var time = Files.getLastModifiedTime(file);
        IssuedCertificate.issue(2).write(folder);
        Files.setLastModifiedTime(file, time);

        assertThat(files.read(file).fingerprint()).isNotEqualTo(first.fingerprint());
    }

    @Test
    void a_file_that_is_gone_or_empty_by_now_is_refused_with_its_name() throws IOException {
        files.read(file);

        Files.writeString(file, "");
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> files.read(file))
                .withMessage(file + " holds no certificates in PEM form");
        Files.delete(file);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> files.read(file))
                .withMessageStartingWith(file + " can't be read (");
    }
}
