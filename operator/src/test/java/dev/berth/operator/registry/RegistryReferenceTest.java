package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.network.ExposedCondition;
import dev.berth.operator.node.NodesFeature;
import dev.berth.operator.node.NodesReasons;
import dev.berth.operator.pullsecret.PullSecretsCondition;
import dev.berth.operator.reference.ApiPage;
import dev.berth.operator.resource.PauseAnnotation;
import dev.berth.operator.server.VolumeExpansion;
import dev.berth.operator.tls.AuthoritySecret;
import dev.berth.operator.tls.CertificateCondition;
import java.io.IOException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The reference of Registry; see {@link ApiPage} for how to write it. */
final class RegistryReferenceTest {
    @Test
    void the_page_has_each_field_of_the_schema_and_is_up_to_date() throws IOException {
        page().assertIsCheckedIn();
    }

    @Test
    void the_page_marks_each_field_that_the_operator_refuses() throws IOException {
        var marked = page().text()
                .lines()
                .filter(line -> line.contains("**Not supported yet"))
                .toList();
        assertThat(UnsupportedFields.names())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(marked)
                        .as(field)
                        .anyMatch(row -> row.startsWith("| `" + field.replaceFirst(" .*", "") + "` |")));
    }

    @Test
    void the_page_explains_each_condition_and_no_other() throws IOException {
        var types = new TreeSet<>(Kstatus.TYPES);
        types.add(PullSecretsCondition.TYPE);
        types.add(NodesFeature.CONDITION);
        types.add(NodesFeature.PRELOADED);
        types.add(VolumeExpansion.TYPE);
        types.add(ServerStatus.FULL);
        types.add(ServerStatus.QUOTA_REACHED);
        types.add(CertificateCondition.TYPE);
        types.add(ExposedCondition.TYPE);
        types.add(AuthoritySecret.ROTATING);
        types.add(PauseAnnotation.TYPE);
        assertThat(page().conditions()).isEqualTo(types);
    }

    @Test
    void the_page_explains_each_reason_and_no_other() throws IOException {
        var reasons = ApiPage.constants(RegistryReasons.class, NodesReasons.class);
        reasons.add(PauseAnnotation.TYPE);
        assertThat(page().reasons()).isEqualTo(reasons);
    }

    private static ApiPage page() throws IOException {
        return ApiPage.of("registry", "registries", UnsupportedFields.names());
    }
}
