package dev.berth.registry.transfer.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.client.CommandRun;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.transfer.TransferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tars as GNU's tar writes and reads them, and as they are when something went wrong. */
final class TarTest {
    private static final LayoutIndex INDEX = new LayoutIndex(
            List.of(new LayoutIndex.Entry("a/b", digest("x", Algorithm.SHA256), 1, Optional.of("team/web:1"))));

    @TempDir
    private Path folder;

    private Path file = Path.of("layout.tar");

    @BeforeEach
    void place() {
        file = folder.resolve("layout.tar");
    }

    @Test
    void other_programs_unpack_what_is_written_long_names_too() throws IOException {
        write("one", "two", "");
        var unpacked = Files.createDirectory(folder.resolve("unpacked"));
        tar("-C", unpacked.toString(), "-xf", file.toString());

        var layout = OciLayout.find(unpacked);
        assertThat(layout.entries()).isEqualTo(INDEX.entries());
        assertThat(layout.marker()).hasContent(OciLayout.VERSION);
        for (var text : List.of("one", "two", "")) {
            for (var algorithm : Algorithm.values()) {
                assertThat(layout.bytes(digest(text, algorithm))).hasContent(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "ustar", "posix"})
    void what_other_programs_pack_is_read(String format) throws IOException {
        var packed = Files.createDirectory(folder.resolve("packed"));
        try (var target = new LayoutFolder(new OciLayout(packed))) {
            target.begin(_ -> {});
            for (var text : List.of("one", "")) {
                // ustar has no room for the longer digest
                put(target, text, format.equals("ustar") ? Algorithm.SHA256 : Algorithm.SHA512);
            }
            target.finish(INDEX);
        }
        tar("--format=" + format, "-C", packed.toString(), "-cf", file.toString(), ".");

        try (var layout = TarLayout.open(file)) {
            assertThat(layout.entries()).isEqualTo(INDEX.entries());
            for (var text : List.of("one", "")) {
                var digest = digest(text, format.equals("ustar") ? Algorithm.SHA256 : Algorithm.SHA512);
                assertThat(layout.size(digest)).hasValue(text.length());
                assertThat(layout.read(digest, 100)).hasValue(text.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(layout.size(digest("absent", Algorithm.SHA256))).isEmpty();
        }
    }

    @Test
    void an_export_that_was_stopped_anywhere_goes_on_behind_what_is_whole() throws IOException {
        write("one", "two", "three");
        var whole = Files.readAllBytes(file);
        var random = new Random(1);
        for (var round = 0; round < 50; round++) {
            Files.delete(file);
            var torn = new byte[random.nextInt(whole.length)];
            System.arraycopy(whole, 0, torn, 0, torn.length);
            if (torn.length > 0 && random.nextBoolean()) {
                torn[random.nextInt(torn.length)] ^= 1; // what a power cut may do
            }
            Files.write(folder.resolve("layout.tar.part"), torn);
            write("one", "two", "three");
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
            try (var layout = TarLayout.open(file)) {
                assertThat(layout.entries()).isEqualTo(INDEX.entries());
                for (var text : List.of("one", "two", "three")) {
                    assertThat(layout.read(digest(text, Algorithm.SHA512), 100))
                            .hasValue(text.getBytes(StandardCharsets.UTF_8));
                }
            }
            assertThat(folder.resolve("layout.tar.part")).doesNotExist();
        }
    }

    @Test
    void what_is_there_when_it_goes_on_is_not_written_again() throws IOException {
        try (var stopped = new LayoutTar(file)) {
            stopped.begin(_ -> {});
            put(stopped, "one", Algorithm.SHA256);
        }
        var read = new AtomicLong();
        try (var next = new LayoutTar(file)) {
            next.begin(read::addAndGet);
            assertThat(next.has(digest("one", Algorithm.SHA256), 3)).isTrue();
            assertThat(next.has(digest("two", Algorithm.SHA256), 3)).isFalse();
        }
        assertThat(read).hasValue(3);
    }

    @Test
    void bytes_of_another_digest_or_size_are_taken_out_again() throws IOException {
        write("one");
        var right = Files.readAllBytes(file);
        try (var target = new LayoutTar(file)) {
            target.begin(_ -> {});
            for (var algorithm : Algorithm.values()) {
                put(target, "one", algorithm);
            }
            var wrong = new ByteArrayInputStream("two".getBytes(StandardCharsets.UTF_8));
            assertThat(target.put(digest("x", Algorithm.SHA256), 3, wrong, _ -> {}))
                    .isFalse();
            var longer = new ByteArrayInputStream("four".getBytes(StandardCharsets.UTF_8));
            assertThat(target.put(digest("four", Algorithm.SHA256), 3, longer, _ -> {}))
                    .isFalse();
            assertThat(target.has(digest("x", Algorithm.SHA256), 3)).isFalse();
            target.finish(INDEX);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(right);
    }

    @Test
    void a_tar_is_what_it_was_until_the_next_one_is_whole() throws IOException {
        write("one");
        var before = Files.readAllBytes(file);
        try (var target = new LayoutTar(file)) {
            target.begin(_ -> {});
            put(target, "two", Algorithm.SHA256);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            target.finish(INDEX);
        }
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
    }

    @Test
    void what_is_no_layout_says_why() throws IOException {
        write("one", "two");
        var whole = Files.readAllBytes(file);
        refused(new byte[0], "is no tar");
        refused("not a tar".repeat(200).getBytes(StandardCharsets.UTF_8), "is no tar");
        refused(Arrays.copyOf(whole, whole.length - 1024), "is cut off or damaged");
        refused(Arrays.copyOf(whole, whole.length / 2), "is cut off or damaged");
        Files.writeString(folder.resolve("other"), "other");
        tar("-C", folder.toString(), "-cf", file.toString(), "other");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> TarLayout.open(file))
                .withMessageStartingWith("There is no OCI image layout in");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 511, 512, 513, 8_589_934_591L, 8_589_934_592L, Long.MAX_VALUE / 2})
    void sizes_of_any_length_fit_into_a_header(long size) throws IOException {
        var header = TarWriter.header("name", size);
        assertThat(header).hasSize(512);
        assertThat(new TarArchiveEntry(header).getSize()).isEqualTo(size);
        Files.write(file, header);
        assertThat(read().files().keySet())
                .as("a file is there only with all its bytes")
                .isEqualTo(size == 0 ? Set.of("name") : Set.of());
    }

    @Test
    void a_damaged_header_is_none() throws IOException {
        var header = TarWriter.header("name", 0);
        header[3] ^= 4;
        Files.write(file, header);
        assertThat(read()).isEqualTo(new TarParts(Map.of(), 0, false));
    }

    @Test
    void a_link_is_no_file() throws IOException {
        Files.writeString(folder.resolve("one"), "one");
        Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        Files.createDirectory(folder.resolve("three"));
        tar("-C", folder.toString(), "-cf", file.toString(), "three", "two", "./one");
        assertThat(read().files().keySet()).containsExactly("one");
        assertThat(read().whole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 80, 90, 91, 92, 93, 99, 100, 101, 255, 256, 257, 986, 987, 988, 989, 990, 991, 992, 10_000})
    void names_of_any_length_are_read_as_they_were_written(int length) throws IOException {
        var name = "p".repeat(length);
        try (var tar = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(new TarWriter(tar).append(name, 0, _ -> true)).isTrue();
            new TarWriter(tar).end();
        }
        assertThat(read().files().keySet()).containsExactly(name);
        assertThat(read().whole()).isTrue();
    }

    @Test
    void a_name_that_would_fill_the_memory_is_refused() throws IOException {
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            var name = new byte[2 << 20];
            Arrays.fill(name, (byte) 'p');
            var header = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            header.setSize(name.length);
            tar.putArchiveEntry(header);
            tar.write(name);
            tar.closeArchiveEntry();
            tar.putArchiveEntry(new TarArchiveEntry("short"));
            tar.closeArchiveEntry();
        }
        assertThat(read()).isEqualTo(new TarParts(Map.of(), 0, false));
    }

    @Test
    void a_tar_names_neither_a_user_nor_a_time() throws IOException {
        write("one");
        var bytes = Files.readAllBytes(file);
        for (var at = 0; at < bytes.length; at += 512) {
            var block = Arrays.copyOfRange(bytes, at, at + 512);
            if (new String(block, 257, 5, StandardCharsets.UTF_8).equals("ustar")) {
                var entry = new TarArchiveEntry(block);
                assertThat(entry.getUserName()).isEmpty();
                assertThat(entry.getLastModifiedTime().toMillis()).isZero();
            }
        }
    }

    @Test
    void whatever_a_tar_says_of_itself_reading_it_ends() throws IOException {
        write("one", "two");
        var whole = Files.readAllBytes(file);
        var random = new Random(2);
        for (var round = 0; round < 1000; round++) {
            var noisy = whole.clone();
            for (var i = 0; i < 1 + random.nextInt(20); i++) {
                noisy[random.nextInt(noisy.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, noisy);
            try (var tar = FileChannel.open(file)) {
                assertThat(TarParts.read(tar).endBytes()).isBetween(0L, (long) noisy.length);
            }
        }
    }

    private TarParts read() throws IOException {
        try (var tar = FileChannel.open(file)) {
            return TarParts.read(tar);
        }
    }

    private void refused(byte[] content, String why) throws IOException {
        Files.write(file, content);
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> TarLayout.open(file))
                .withMessageContaining(why);
    }

    /** Each text by each digest. */
    private void write(String... texts) throws IOException {
        try (var target = new LayoutTar(file)) {
            target.begin(_ -> {});
            for (var text : texts) {
                for (var algorithm : Algorithm.values()) {
                    if (!target.has(digest(text, algorithm), text.length())) {
                        put(target, text, algorithm);
                    }
                }
            }
            target.finish(INDEX);
        }
    }

    private static void put(LayoutTarget target, String text, Algorithm algorithm) throws IOException {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        assertThat(target.put(digest(text, algorithm), text.length(), bytes, _ -> {}))
                .isTrue();
    }

    private static Digest digest(String text, Algorithm algorithm) {
        return algorithm.digestOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void tar(String... arguments) {
        var command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(arguments));
        CommandRun.of(Map.of(), command).orFail();
    }
}
