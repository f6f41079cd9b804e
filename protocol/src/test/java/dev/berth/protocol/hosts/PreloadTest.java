package dev.berth.protocol.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreloadTest {
    private static final Map<String, String> NODE = Map.of("zone", "a", "gpu", "");

    @ParameterizedTest
    @CsvSource({
        "zone, In, a, true",
        "zone, In, b, false",
        "disk, In, a, false",
        "zone, NotIn, a, false",
        "zone, NotIn, b, true",
        "disk, NotIn, a, true",
        "gpu, Exists, , true",
        "disk, Exists, , false",
        "gpu, DoesNotExist, , false",
        "disk, DoesNotExist, , true",
        "zone, Gt, 1, false",
        "'', '', , false"
    })
    void a_requirement_means_what_it_means_to_kubernetes(String key, String operator, String value, boolean met) {
        var requirement = new LabelRequirement(key, operator, value == null ? List.of() : List.of(value));
        assertThat(requirement.isMetBy(NODE)).isEqualTo(met);
    }

    @Test
    void a_node_has_to_meet_all_requirements() {
        var zone = new LabelRequirement("zone", LabelRequirement.IN, List.of("a"));
        var disk = new LabelRequirement("disk", LabelRequirement.EXISTS, List.of());
        assertThat(preload(List.of()).selects(Map.of())).isTrue();
        assertThat(preload(List.of(zone)).selects(NODE)).isTrue();
        assertThat(preload(List.of(zone, disk)).selects(NODE)).isFalse();
    }

    @Test
    void more_requirements_than_are_read_select_no_node() {
        var zone = new LabelRequirement("zone", LabelRequirement.IN, List.of("a"));
        assertThat(preload(Collections.nCopies(Preload.MOST_REQUIREMENTS, zone)).selects(NODE))
                .isTrue();
        assertThat(preload(Collections.nCopies(Preload.MOST_REQUIREMENTS + 1, zone))
                        .selects(NODE))
                .isFalse();
    }

    @Test
    void a_host_has_at_most_50_images_to_preload() {
        var images = IntStream.range(0, 60).mapToObj(n -> "web:" + n).toList();
        assertThat(new Preload(images, List.of()).images()).isEqualTo(images.subList(0, 50));
    }

    private static Preload preload(List<LabelRequirement> nodes) {
        return new Preload(List.of("web:1"), nodes);
    }
}
