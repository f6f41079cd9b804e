package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages of the documentation link to is there, and the index names them all. */
final class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path INDEX = ROOT.resolve("docs/README.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern NOT_IN_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N} _-]");

    @Test
    void each_link_leads_to_a_page_and_a_heading_that_are_there() throws IOException {
        var pages = pages();
        assertThat(pages).hasSizeGreaterThan(40);
        assertThat(pages.stream().flatMap(page -> links(page).map(link -> new Link(page, link))))
                .filteredOn(Link::isBroken)
                .isEmpty();
    }

    @Test
    void the_index_names_each_guide_and_each_reference() throws IOException {
        var named =
                links(INDEX).map(link -> INDEX.resolveSibling(link).normalize()).toList();
        assertThat(pages())
                .filteredOn(page -> page.startsWith(ROOT.resolve("docs/guides"))
                        || page.startsWith(ROOT.resolve("docs/reference"))
                        || ROOT.resolve("docs").equals(page.getParent()))
                .filteredOn(page -> !page.equals(INDEX))
                .allSatisfy(page -> assertThat(named).contains(page));
    }

    /** A link as a page has it, relative to the page. */
    private record Link(Path page, String target) {
        boolean isBroken() {
            var parts = target.split("#", 2);
            var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            return !Files.exists(file) || (parts.length == 2 && !anchors(file).contains(parts[1]));
        }

        @Override
        public String toString() {
            return ROOT.relativize(page) + ": " + target;
        }
    }

    private static List<Path> pages() throws IOException {
        try (var docs = Files.walk(ROOT.resolve("docs"));
                var root = Files.list(ROOT)) {
            return Stream.concat(docs, root)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> links(Path page) {
        return LINK.matcher(BLOCK.matcher(text(page)).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !URI.create(link).isAbsolute());
    }

    /** The anchors that GitHub gives to the headings of a page. */
    private static List<String> anchors(Path page) {
        return HEADING.matcher(text(page))
                .results()
                .map(heading -> NOT_IN_AN_ANCHOR
                        .matcher(heading.group(1).strip().toLowerCase(Locale.ROOT))
                        .replaceAll("")
                        .replace(' ', '-'))
                .toList();
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
