package dev.berth.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GuidePageTest {
    @Test
    void a_command_goes_on_until_it_is_complete_and_its_output_follows() {
        var steps = only("""
            ```console
            $ echo 'one
            two' \\
                three
            one
            $ cat <<END
            $ no prompt
            END
            ```
            """).steps();

        assertThat(steps)
                .containsExactly(
                        new Step(2, "echo 'one\ntwo' \\\n    three", List.of("one")),
                        new Step(6, "cat <<END\n$ no prompt\nEND", List.of()));
    }

    @Test
    void a_script_has_no_prompts_and_shows_no_output() {
        var steps = only("""
            ```sh
            # here
            for i in 1 2; do
              echo $i
            done

            ls
            ```
            """).steps();

        assertThat(steps)
                .containsExactly(
                        new Step(3, "for i in 1 2; do\n  echo $i\ndone", List.of()), new Step(7, "ls", List.of()));
    }

    @Test
    void a_block_in_a_list_is_read_without_its_indent() {
        var steps = only("""
            1. Do this:

               ```console
               $ if true; then
                   ls
                 fi
               ```
            """).steps();

        assertThat(steps).containsExactly(new Step(4, "if true; then\n    ls\n  fi", List.of()));
    }

    @Test
    void a_comment_decides_about_the_block_below_it_and_only_about_that() {
        assertThat(page("""
            <!-- run: cluster -->
            ```console
            $ kubectl get registry
            ```

            <!-- run: no, because it needs docker.io -->
            ```sh
            docker pull nginx
            ```
            ```sh
            ls
            ```
            """).blocks())
                .extracting(Block::decision)
                .containsExactly(new Decision.OnCluster(), new Decision.Skip("it needs docker.io"), new Decision.Run());
    }

    @Test
    void a_reader_does_not_see_what_is_prepared() {
        var page = page("""
            <!-- run: prepare cluster
            kubectl create namespace team-c
            -->
            <!-- run: typing horse, horse -->
            ```console
            $ berth-registry users add --users users ann
            ```
            """);

        assertThat(page.blocks().getFirst())
                .isEqualTo(new Block(
                        2,
                        false,
                        new Decision.OnCluster(),
                        List.of(),
                        List.of(new Step(2, "kubectl create namespace team-c", List.of()))));
        assertThat(page.visible())
                .singleElement()
                .satisfies(block -> assertThat(block.typed()).containsExactly("horse", "horse"));
    }

    @Test
    void a_block_about_which_nobody_can_decide_is_told_of() {
        assertThat(page("""
            ```
            $ ls
            ```
            ```console
            ls
            ```
            <!-- run: maybe -->
            ```sh
            ls
            ```
            <!-- run: cluster -->
            No block.
            """).blocks())
                .extracting(Block::decision)
                .hasSize(4)
                .hasOnlyElementsOfType(Decision.Missing.class);
    }

    @Test
    void blocks_of_other_languages_are_not_looked_at() {
        assertThat(page("""
            ```yaml
            a: $ b
            ```
            """).blocks()).isEmpty();
    }

    @Test
    void numbers_and_what_an_ellipsis_stands_for_may_differ_in_the_output() {
        var step = new Step(1, "stats", List.of("12 repositories, 61.3 GiB  in …", "no problems"));

        assertThat(step.missingFrom("first\n7 repositories, 196 KiB     in 0 s\nno problems\n"))
                .isEmpty();
        assertThat(step.missingFrom("no problems\n7 repositories, 196 KiB in 0 s\n"))
                .containsExactly("no problems");
        assertThat(step.missingFrom("7 repository, 196 KiB in 0 s")).hasSize(2);
    }

    @Test
    void a_server_runs_until_it_is_ended() {
        assertThat(new Step(1, "berth-registry serve --data /srv/registry", List.of()).serves())
                .isTrue();
        assertThat(new Step(1, "java -jar target/berth-registry.jar serve", List.of()).serves())
                .isTrue();
        assertThat(new Step(1, "berth-registry stats", List.of()).serves()).isFalse();
        assertThat(new Step(1, "berth-registry serve &", List.of()).serves()).isFalse();
    }

    private static Block only(String text) {
        assertThat(page(text).blocks()).hasSize(1);
        return page(text).blocks().getFirst();
    }

    private static GuidePage page(String text) {
        return GuidePage.of(Path.of("page.md"), text.lines().toList());
    }
}
