package dev.berth.registry.metadata.manifest;

import static dev.berth.registry.metadata.OpenMetadata.OTHER;
import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.OpenMetadata;
import dev.berth.registry.metadata.TestDatabase;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
final class TagsTest {
    private final OpenMetadata open;

    TagsTest(TestDatabase kind, @TempDir Path folder) {
        this.open = OpenMetadata.on(kind, folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void tags_are_listed_in_ascii_order() {
        open.manifest(WEB, "one", tag("b"), tag("B"), tag("_"), tag("10"), tag("9"), tag("a"));

        assertThat(list(PageRequest.first(100)).items())
                .extracting(Tag::value)
                .containsExactly("10", "9", "B", "_", "a", "b");
    }

    @Test
    void pages_of_any_size_make_up_the_whole_list() {
        open.manifest(WEB, "one", tag("a"), tag("b"), tag("c"), tag("d"), tag("e"));

        for (int size = 1; size <= 6; size++) {
            var walked = new ArrayList<String>();
            Optional<String> after = Optional.empty();
            Page<Tag> page;
            do {
                page = list(new PageRequest(size, after));
                page.items().forEach(tag -> walked.add(tag.value()));
                after = Optional.of(walked.getLast());
            } while (page.more());
            assertThat(walked).containsExactly("a", "b", "c", "d", "e");
        }
    }

    @Test
    void a_page_starts_after_a_tag_that_need_not_exist() {
        open.manifest(WEB, "one", tag("a"), tag("c"));

        assertThat(list(new PageRequest(10, Optional.of("b"))).items()).containsExactly(tag("c"));
        assertThat(list(new PageRequest(10, Optional.of("x"))).items()).isEmpty();
    }

    @Test
    void a_page_of_none_says_whether_there_is_more() {
        open.manifest(WEB, "one", tag("a"));

        assertThat(list(PageRequest.first(0))).isEqualTo(new Page<>(List.of(), true));
    }

    @Test
    void a_repository_without_tags_has_an_empty_list_and_an_unknown_one_has_none() {
        open.blob(WEB, "hello");

        assertThat(open.metadata.tags().list(WEB, PageRequest.first(1))).contains(new Page<>(List.of(), false));
        assertThat(open.metadata.tags().list(OTHER, PageRequest.first(1))).isEmpty();
    }

    @Test
    void a_tag_moves_to_what_is_pushed_under_it_and_the_old_manifest_stays() {
        var first = open.manifest(WEB, "one", tag("latest"));
        var second = open.manifest(WEB, "two", tag("latest"));

        assertThat(at("latest")).contains(second);
        assertThat(open.metadata.manifests().get(WEB, first)).isPresent();
        assertThat(open.metadata.totals().read().tags()).isEqualTo(1);
    }

    @Test
    void a_deleted_tag_leaves_its_manifest() {
        var digest = open.manifest(WEB, "one", tag("a"), tag("b"));

        assertThat(open.metadata.tags().delete(WEB, tag("a"))).isTrue();

        assertThat(open.metadata.tags().delete(WEB, tag("a"))).isFalse();
        assertThat(at("a")).isEmpty();
        assertThat(at("b")).contains(digest);
    }

    @Test
    void a_tag_is_deleted_only_from_where_it_is_expected() {
        var digest = open.manifest(WEB, "one", tag("a"));
        Expectation elsewhere = current -> !current.equals(Optional.of(digest));

        assertThat(open.metadata.tags().delete(WEB, tag("a"), elsewhere)).isEqualTo(new DeleteTag.Moved(digest));
        assertThat(at("a")).contains(digest);
        assertThat(open.metadata.tags().delete(WEB, tag("b"), elsewhere)).isEqualTo(new DeleteTag.Unknown());

        assertThat(open.metadata.tags().delete(WEB, tag("a"), current -> current.equals(Optional.of(digest))))
                .isEqualTo(new DeleteTag.Deleted());
        assertThat(at("a")).isEmpty();
    }

    private Page<Tag> list(PageRequest request) {
        return open.metadata.tags().list(WEB, request).orElseThrow();
    }

    private Optional<Digest> at(String tag) {
        return open.metadata.manifests().get(WEB, tag(tag)).map(Manifest::digest);
    }

    private static Tag tag(String text) {
        return new Tag(text);
    }
}
