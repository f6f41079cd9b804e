package dev.berth.registry.upstream.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8288, 3 and appendix B. */
final class LinkHeaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "</next>; rel=\"next\"",
                "</next>;rel=next",
                "</next>; type=\"application/json\"; rel=\"next\"",
                "</next> ; REL = \"NEXT\"",
                "</next>; rel=\"prev next\"",
                "</next>; title=\"a, b; rel=\\\"x\\\"\"; rel=next",
                "</first>; rel=first, </next>; rel=next",
                ", ,</first>; rel=\"first\" ,\t</next>; rel=\"next\",",
                "</next>; rel=next; rel=prev",
                "</next>;;rel=next;"
            })
    void the_next_page_is_found_however_the_header_is_written(String header) {
        assertThat(targets(header)).containsExactly("/next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "</x>", "</x>; rel=prev", "</x>; rel", "</x>; title=next", "</x>; rel=nextpage"})
    void another_link_is_none(String header) {
        assertThat(targets(header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x; rel=next",
                "</x; rel=\"next\"",
                "</x> rel=next",
                "</x>; rel=\"next",
                "next",
                "</x>; rel=\"next\" </y>"
            })
    void what_is_no_link_is_not_passed_over(String header) {
        assertThat(LinkHeader.parse(List.of(header))).isEqualTo(new LinkHeader.Malformed());
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(LinkHeader.parse(List.of("</a>; rel=prev", "</b>; rel=next")))
                .isEqualTo(new LinkHeader.Links(List.of(
                        new LinkHeader.Link("/a", Map.of("rel", "prev")),
                        new LinkHeader.Link("/b", Map.of("rel", "next")))));
    }

    @Property
    void what_is_written_is_read(@ForAll("links") List<LinkHeader.Link> links) {
        var written = links.stream().map(LinkHeaderTest::written).collect(Collectors.joining(" , "));

        assertThat(LinkHeader.parse(List.of(written))).isEqualTo(new LinkHeader.Links(links));
    }

    @Provide
    Arbitrary<List<LinkHeader.Link>> links() {
        var target = Arbitraries.strings().withCharRange(' ', '~').excludeChars('>');
        var name = Arbitraries.strings().alpha().ofMinLength(1).map(text -> text.toLowerCase(Locale.ROOT));
        var value = Arbitraries.strings().withCharRange(' ', '~');
        return target.flatMap(one -> Arbitraries.maps(name, value)
                        .ofMaxSize(4)
                        .map(parameters -> new LinkHeader.Link(one, parameters)))
                .list()
                .ofMaxSize(5);
    }

    private static String written(LinkHeader.Link link) {
        return "<" + link.target() + ">"
                + link.parameters().entrySet().stream()
                        .map(entry -> "; " + entry.getKey() + "=\""
                                + entry.getValue().replaceAll("([\\\\\"])", "\\\\$1") + "\"")
                        .collect(Collectors.joining());
    }

    private static List<String> targets(String header) {
        return LinkHeader.parse(List.of(header)) instanceof LinkHeader.Links links
                ? links.targets("next")
                : List.of("?");
    }
}
