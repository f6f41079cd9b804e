package dev.berth.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the README and each guide from top to bottom, as they are printed. Blocks that need a cluster are followed by {@link
 * dev.berth.e2e.GuidesE2E}.
 */
final class GuidesIT {
    private static final Logger LOG = LoggerFactory.getLogger(GuidesIT.class);

    @Test
    void each_block_is_run_or_the_page_says_why_not() throws IOException {
        var pages = GuidePage.all();
        LOG.info("Shell blocks of the README and the guides:\n{}", report(pages));

        assertThat(pages).flatExtracting(GuidesIT::undecided).isEmpty();
        assertThat(pages).flatExtracting(GuidePage::visible).hasSizeGreaterThan(40);
    }

    @Test
    void the_suites_on_a_cluster_know_each_page_that_needs_one() throws IOException {
        assertThat(GuidePage.all())
                .filteredOn(page -> page.has(Decision.OnCluster.class))
                .isSubsetOf(GuidePage.onCluster());
    }

    @TestFactory
    Stream<DynamicTest> who_follows_a_page_gets_what_it_says() throws IOException {
        return GuidePage.all().stream()
                .filter(page -> page.has(Decision.Run.class))
                .map(page -> DynamicTest.dynamicTest(page.name(), () -> follow(page)));
    }

    private static void follow(GuidePage page) throws IOException {
        try (var shell = GuideShell.start(page, GuideShell.Network.OWN, Map.of())) {
            assertThat(new GuideRun(page, shell).run(Decision.Run.class)).isEmpty();
        }
    }

    private static List<String> undecided(GuidePage page) {
        return page.blocks().stream()
                .flatMap(block -> block.decision() instanceof Decision.Missing(var problem)
                        ? Stream.of(page.name() + ":" + block.line() + ": " + problem)
                        : Stream.empty())
                .toList();
    }

    private static String report(List<GuidePage> pages) {
        var lines = new ArrayList<String>();
        for (var page : pages) {
            lines.add(page.name() + ": " + counts(page.visible()));
            page.visible().forEach(block -> {
                if (block.decision() instanceof Decision.Skip(var reason)) {
                    lines.add("  line %d is not run, because %s".formatted(block.line(), reason));
                }
            });
        }
        lines.add("all: "
                + counts(pages.stream().flatMap(page -> page.visible().stream()).toList()));
        return String.join("\n", lines);
    }

    private static String counts(List<Block> blocks) {
        return "%d found, %d run, %d run on a cluster, %d not run"
                .formatted(
                        blocks.size(),
                        count(blocks, Decision.Run.class),
                        count(blocks, Decision.OnCluster.class),
                        count(blocks, Decision.Skip.class));
    }

    private static long count(List<Block> blocks, Class<? extends Decision> kind) {
        return blocks.stream().filter(block -> block.is(kind)).count();
    }
}
