package dev.berth.registry.metadata;

import static dev.berth.registry.metadata.OpenMetadata.OTHER;
import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.reference.UploadId;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
final class TotalsTest {
    private final OpenMetadata open;

    TotalsTest(TestDatabase kind, @TempDir Path folder) {
        this.open = OpenMetadata.on(kind, folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void nothing_counts_as_nothing() {
        assertThat(open.metadata.totals().read()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void totals_follow_what_comes_and_goes() {
        var blob = open.blob(WEB, "hello");
        open.metadata.blobs().mount(OTHER, blob, WEB);
        open.blob(WEB, "hello, world");
        open.metadata.uploads().start(UploadId.random(new Random(2)), WEB, "", Algorithm.SHA256, 10);
        var tagged = open.manifest(WEB, "one", new Tag("a"), new Tag("b"));
        open.manifest(WEB, "two", new Tag("b"));

        assertThat(open.metadata.totals().read()).isEqualTo(new Counts(2, 2, 2, 2, 17, 6, 1));

        open.metadata.manifests().delete(WEB, tagged);
        open.metadata.uploads().remove(UploadId.random(new Random(2)));

        assertThat(open.metadata.totals().read()).isEqualTo(new Counts(2, 1, 1, 2, 17, 3, 0));
    }

    @Test
    void blobs_manifests_and_unfinished_uploads_are_stored_bytes() {
        open.blob(WEB, "hello");
        open.manifest(WEB, "one", new Tag("a"));
        var upload = UploadId.random(new Random(2));
        open.metadata.uploads().start(upload, WEB, "", Algorithm.SHA256, 10);
        assertThat(open.metadata.totals().storedBytes()).isEqualTo(8);

        open.metadata.uploads().advance(upload, 1_000);
        assertThat(open.metadata.totals().storedBytes()).isEqualTo(1_008);

        open.metadata.uploads().remove(upload);
        assertThat(open.metadata.totals().storedBytes()).isEqualTo(8);
    }

    @Test
    void a_count_that_is_kept_in_several_rows_is_their_sum() {
        open.database.commit(handle -> {
            handle.execute("drop table totals");
            handle.execute("create table totals (name text not null, shard integer not null, value integer not null)");
            return handle.execute("insert into totals values ('blobs', 1, 5), ('blobs', 2, -2), ('blob_bytes', 2, 70)");
        });

        assertThat(open.metadata.totals().read()).isEqualTo(new Counts(0, 0, 0, 3, 70, 0, 0));
    }

    @Test
    void repositories_are_listed_in_order_once_something_is_stored_in_them() {
        open.blob(WEB, "hello");
        open.manifest(OTHER, "one");

        var repositories = open.metadata.repositories();
        assertThat(repositories.list(PageRequest.first(1))).isEqualTo(new Page<>(List.of(OTHER), true));
        assertThat(repositories.list(PageRequest.first(2)).items()).containsExactly(OTHER, WEB);
        assertThat(repositories.exists(new RepositoryName("team"))).isFalse();
    }
}
