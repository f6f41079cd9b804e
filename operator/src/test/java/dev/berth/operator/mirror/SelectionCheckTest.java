package dev.berth.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.protocol.version.VersionRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selections of tags that a server would not understand. */
final class SelectionCheckTest {
    @ParameterizedTest
    @ValueSource(strings = {">=1.25 <2", "^1.2", "~1.2.3", "1.x", "*", "1.2 - 1.4", "1.x || >=2.5.0", "v1.2.3-rc.1"})
    void ranges_of_versions(String range) {
        assertThat(VersionRange.parse(range)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", ">=", "1.2.3.4", "1,2", "=>1", "1.2 -", "|| 1"})
    void no_ranges_of_versions(String text) {
        assertThat(VersionRange.parse(text)).isEmpty();
    }

    @Test
    void the_first_that_is_wrong_is_named() {
        assertThat(SelectionCheck.refusal(Mirrors.hub(
                        "images:",
                        "- {repository: a, tags: {regex: '1[.].*'}}",
                        "- {repository: b, tags: {semver: newest}}")))
                .map(Stalled::message)
                .hasValue("spec.images[1].tags.semver is not a range of versions such as >=1.25 <2 or 1.x: \"newest\";"
                        + " correct it");
        assertThat(SelectionCheck.refusal(Mirrors.hub("images: [{repository: a, tags: {regex: '(?=x)'}}]")))
                .as("what Java reads and RE2 doesn't")
                .map(Stalled::reason)
                .hasValue("SelectionInvalid");
        assertThat(SelectionCheck.refusal(Mirrors.hub())).isEmpty();
    }
}
