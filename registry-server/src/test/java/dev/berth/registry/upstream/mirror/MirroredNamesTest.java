package dev.berth.registry.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.reference.RepositoryName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MirroredNamesTest {
    private final Mirrors mirrors = new Mirrors(_ -> 0, new StoppedClock(), Map.of());
    private final MirroredNames names = new MirroredNames(mirrors);

    MirroredNamesTest() {
        mirrors.reload(List.of(
                MirrorSettings.of("docker.io"),
                MirrorSettings.of("quay.io"),
                MirrorSettings.of("registry.example:5000")));
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/nginx,        '',                    docker.io/library/nginx",
        "docker.io/nginx,                '',                    docker.io/library/nginx",
        "library/nginx,                  docker.io,             docker.io/library/nginx",
        "nginx,                          docker.io,             docker.io/library/nginx",
        "team/web,                       docker.io,             docker.io/team/web",
        "quay.io/prometheus,             '',                    quay.io/prometheus",
        "prometheus/node,                quay.io,               quay.io/prometheus/node",
        "team/web,                       registry.example:5000, registry.example_5000/team/web",
        "registry.example_5000/team/web, '',                    registry.example_5000/team/web",
        "nginx,                          gcr.io,                nginx",
        "gcr.io/nginx,                   '',                    gcr.io/nginx",
        "apps/web,                       apps.team-a.svc,       apps/web",
        "nginx,                          '',                    nginx",
    })
    void a_name_is_stored_under_its_registry_however_it_is_written(String written, String namespace, String stored) {
        var meant = Optional.of(namespace).filter(text -> !text.isEmpty());

        assertThat(names.resolve(new RepositoryName(written), meant).name()).isEqualTo(new RepositoryName(stored));
    }

    @Test
    void what_is_stored_is_found_with_its_name_at_the_upstream() {
        var found = mirrored("docker.io/library/nginx").orElseThrow();

        assertThat(found.here()).isEqualTo(new RepositoryName("docker.io/library/nginx"));
        assertThat(found.there()).isEqualTo(new RepositoryName("library/nginx"));
        assertThat(found.mirror().settings().upstream()).isEqualTo("docker.io");
        assertThat(mirrored("docker.io")).isEmpty();
        assertThat(mirrored("team/web")).isEmpty();
    }

    private Optional<MirroredRepository> mirrored(String written) {
        return names.resolve(new RepositoryName(written), Optional.empty()).mirrored();
    }
}
