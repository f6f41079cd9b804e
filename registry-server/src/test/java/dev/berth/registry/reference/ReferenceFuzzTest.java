package dev.berth.registry.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.protocol.name.ImageName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Whatever is written where a name is expected: it is refused by its one exception, or it reads back as it prints. */
final class ReferenceFuzzTest {
    @FuzzTest
    void an_image_name_reads_back_as_it_prints(byte[] bytes) {
        var name = ImageName.parse(text(bytes));
        assertThat(ImageName.parse(name.toString())).isEqualTo(name);
        assertThat(name.tag().or(name::digest)).isPresent();
    }

    @FuzzTest
    void a_reference_reads_back_as_it_prints(byte[] bytes) {
        read(bytes, Reference::parse)
                .ifPresent(reference ->
                        assertThat(reference).hasToString(text(bytes)).isEqualTo(reread(reference)));
    }

    @FuzzTest
    void names_are_fit_for_a_url_and_a_path(byte[] bytes) {
        UploadId.parse(text(bytes)).ifPresent(id -> assertThat(id.value()).matches("[0-9a-f]{32}"));
        read(bytes, RepositoryName::new).ifPresent(name -> {
            assertThat(name).hasToString(text(bytes));
            assertThat(name.value()).matches("[a-z0-9._/-]+").doesNotContain("..", "//");
        });
    }

    private static Reference reread(Reference reference) {
        return Reference.parse(reference.toString());
    }

    private static <T> Optional<T> read(byte[] bytes, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text(bytes)));
        } catch (InvalidReference e) {
            assertThat(e).hasMessageContaining("is refused: ");
            assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\n", "\r", "\0");
            return Optional.empty();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
