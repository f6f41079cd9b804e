package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Algorithm;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EntityTagTest {
    private final String digest = Algorithm.SHA256.digestOf(new byte[0]).toString();
    private final EntityTag tag = EntityTag.of(Algorithm.SHA256.digestOf(new byte[0]));

    @Test
    void who_has_the_content_is_recognised() {
        assertThat(tag.isAmong(Optional.of('"' + digest + '"'))).isTrue();
        assertThat(tag.isAmong(Optional.of("\"other\", W/\"" + digest + '"'))).isTrue();
        assertThat(tag.isAmong(Optional.of("*"))).isTrue();
    }

    @Test
    void a_weak_tag_may_stand_for_other_bytes() {
        assertThat(tag.isStronglyAmong(Optional.of('"' + digest + '"'))).isTrue();
        assertThat(tag.isStronglyAmong(Optional.of("\"other\",\"" + digest + '"')))
                .isTrue();
        assertThat(tag.isStronglyAmong(Optional.of("*"))).isTrue();
        assertThat(tag.isStronglyAmong(Optional.of("W/\"" + digest + '"'))).isFalse();
        assertThat(tag.isStronglyAmong(Optional.empty())).isFalse();
    }

    @Test
    void a_comma_in_somebody_elses_tag_is_a_part_of_it() {
        assertThat(tag.isAmong(Optional.of("\"a, W/b\", \"" + digest + '"'))).isTrue();
        assertThat(tag.isAmong(Optional.of("\"a," + digest + '"'))).isFalse();
    }

    @Test
    void who_has_other_content_or_none_is_not() {
        assertThat(tag.isAmong(Optional.of("\"other\""))).isFalse();
        assertThat(tag.isAmong(Optional.of(digest))).isFalse();
        assertThat(tag.isAmong(Optional.empty())).isFalse();
    }

    @Test
    void a_range_of_other_content_is_not_answered() {
        assertThat(tag.allowsRange(Optional.empty())).isTrue();
        assertThat(tag.allowsRange(Optional.of('"' + digest + '"'))).isTrue();
        assertThat(tag.allowsRange(Optional.of("Wed, 21 Oct 2015 07:28:00 GMT")))
                .isFalse();
    }
}
