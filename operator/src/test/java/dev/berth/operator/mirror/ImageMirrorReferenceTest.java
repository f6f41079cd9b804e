package dev.berth.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.node.NodesFeature;
import dev.berth.operator.reference.ApiPage;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The reference of ImageMirror; see {@link ApiPage} for how to write it. */
final class ImageMirrorReferenceTest {
    /** The server's reasons for a condition `UpstreamReachable` that is false. */
    private static final Set<String> GIVEN_BY_THE_SERVER = Set.of("Unreachable", "CredentialsUnreadable");

    @Test
    void the_page_has_each_field_of_the_schema_and_is_up_to_date() throws IOException {
        page().assertIsCheckedIn();
    }

    @Test
    void the_page_explains_each_condition_and_no_other() throws IOException {
        var types = new TreeSet<>(Kstatus.TYPES);
        types.addAll(List.of(
                MirrorConditions.UPSTREAM_REACHABLE,
                MirrorConditions.QUOTA_REACHED,
                MirrorConditions.PRUNING,
                NodesFeature.CONDITION,
                NodesFeature.PRELOADED));
        assertThat(page().conditions()).isEqualTo(types);
    }

    @Test
    void the_page_explains_each_reason_and_no_other() throws IOException {
        var reasons = ApiPage.constants(MirrorReasons.class);
        reasons.addAll(GIVEN_BY_THE_SERVER);
        assertThat(page().reasons()).isEqualTo(reasons);
    }

    private static ApiPage page() throws IOException {
        return ApiPage.of("imagemirror", "imagemirrors", List.of());
    }
}
