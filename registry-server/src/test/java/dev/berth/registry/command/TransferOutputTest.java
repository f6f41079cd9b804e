package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.transfer.WrittenVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `import`, `export` and `load` print. */
final class TransferOutputTest {
    @TempDir
    private Path folder;

    private WrittenVolume volume;

    @BeforeEach
    void fill() {
        volume = WrittenVolume.in(folder.resolve("volume"));
        volume.tag("team/web", "1", image("team/web"));
    }

    @Test
    void an_import_says_in_one_sentence_what_came_and_how() {
        assertThat(imported())
                .isEqualTo(new CommandRun(
                        0,
                        "Imported 1 repository with 1 manifest (1 new), 1 tag and 2 blobs (15 bytes: 2 stored in the"
                                + " database). No problems.\n",
                        ""));
        assertThat(imported().out())
                .isEqualTo(
                        "Imported 1 repository with 1 manifest (0 new), 1 tag and 2 blobs (15 bytes: 2 already here)."
                                + " No problems.\n");
    }

    @Test
    void a_problem_is_named_above_the_sentence() {
        volume.tag("team/web", "-bad", image("team/web"));
        var run = imported();
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).startsWith("team/web:-bad: the tag is left out");
        assertThat(run.out()).endsWith(" 1 problem, named above.\n");
    }

    @Test
    void an_export_and_a_load_say_in_one_sentence_what_they_wrote() {
        imported();
        assertThat(export().out())
                .isEqualTo("Exported 1 repository with 1 manifest, 1 tag and 2 blobs, 2 of them new (15 bytes)."
                        + " No problems.\n");
        assertThat(export().out())
                .isEqualTo(
                        "Exported 1 repository with 1 manifest, 1 tag and 2 blobs, none of them new. No problems.\n");
        assertThat(CommandRun.of("load", "-q", "--data", at("other"), at("layout"))
                        .out())
                .isEqualTo("Loaded 1 repository with 1 manifest (1 new), 1 tag and 2 blobs (15 bytes: 2 stored in the"
                        + " database). No problems.\n");
    }

    @Test
    void a_tag_that_names_another_image_here_is_named_and_moves_only_when_the_user_says_so() {
        imported();
        export();
        var other = volume.manifest("team/web", ManifestJson.image(volume.blob("team/web", "other")));
        volume.tag("team/web", "1", other);
        CommandRun.of("import", "-q", "--data", at("other"), at("volume"));

        var load = CommandRun.of("load", "-q", "--data", at("other"), at("layout"));
        assertThat(load.code()).isEqualTo(3);
        assertThat(load.err())
                .startsWith("team/web:1: the tag stays where it is here; in the source it names sha256:")
                .endsWith("(--overwrite moves it)\n");

        assertThat(CommandRun.of("load", "-q", "--overwrite", "--data", at("other"), at("layout"))
                        .code())
                .isZero();
        assertThat(CommandRun.of("load", "-q", "--data", at("other"), at("layout"))
                        .code())
                .as("the tag names the image of the layout now")
                .isZero();
    }

    @Test
    void import_needs_a_folder_or_a_docker_volume_and_not_both() {
        assertThat(CommandRun.of("import", "--data", at("data")).code()).isEqualTo(2);
        assertThat(CommandRun.of("import", "--data", at("data"), "--docker-volume", "a", at("volume"))
                        .code())
                .isEqualTo(2);
        var run = CommandRun.of("import", "--data", at("data"), "--docker-volume", "../a");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is no name of a Docker volume");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_pattern_without_images_yet_is_named_and_the_rest_is_exported() throws IOException {
        imported();
        var run = export("team/**", "quay.io/**");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err())
                .isEqualTo("berth-registry: no repository here matches quay.io/**; nothing was exported for it\n");
        assertThat(run.out()).startsWith("Exported 1 repository");
        assertThat(index()).contains("team/web:1");
        assertThat(new ObjectMapper()
                        .readTree(export("--json", "team/**", "quay.io/**").out())
                        .at("/unmatched/0")
                        .asText())
                .isEqualTo("quay.io/**");
    }

    @Test
    void patterns_without_images_change_nothing_in_the_target() throws IOException {
        imported();
        export();
        var before = index();
        assertThat(export("team/other-*", "quay.io/**").code()).isEqualTo(4);
        assertThat(export("quay.io/**").out()).isEqualTo("Exported nothing.\n");
        assertThat(index()).isEqualTo(before);
        assertThat(CommandRun.of("export", "-q", "--data", at("data"), at("new"), "quay.io/**")
                        .code())
                .isEqualTo(4);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private CommandRun imported() {
        return CommandRun.of("import", "-q", "--data", at("data"), at("volume"));
    }

    private CommandRun export(String... more) {
        var arguments = new ArrayList<>(List.of("export", "-q", "--data", at("data"), at("layout")));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private String index() throws IOException {
        return Files.readString(folder.resolve("layout/index.json"));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private Digest image(String repository) {
        return volume.manifest(
                repository,
                ManifestJson.image(volume.blob(repository, "config"), volume.blob(repository, "layer one")));
    }
}
