package dev.berth.registry.metadata.blob;

import static dev.berth.registry.metadata.OpenMetadata.OTHER;
import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.coordination.UploadSession;
import dev.berth.registry.metadata.OpenMetadata;
import dev.berth.registry.metadata.TestDatabase;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.UploadId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
final class UploadsTest {
    private final TestDatabase kind;
    private final Path folder;
    private OpenMetadata open;

    UploadsTest(TestDatabase kind, @TempDir Path folder) {
        this.kind = kind;
        this.folder = folder;
        this.open = OpenMetadata.on(kind, folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    private static final UploadId ID = UploadId.random(new Random(5));

    @Test
    void an_upload_is_found_as_it_was_started() {
        var started = uploads().start(ID, WEB, "anna", Algorithm.SHA512, 10).orElseThrow();

        assertThat(started.offsetBytes()).isZero();
        assertThat(uploads().find(WEB, ID)).contains(started);
        assertThat(open.metadata.totals().read().uploads()).isEqualTo(1);
    }

    @Test
    void an_upload_of_one_repository_is_not_found_in_another() {
        uploads().start(ID, WEB, "anna", Algorithm.SHA256, 10);

        assertThat(uploads().find(OTHER, ID)).isEmpty();
    }

    @Test
    void an_upload_says_how_far_it_is_and_since_when() {
        var started = uploads().start(ID, WEB, "anna", Algorithm.SHA256, 10).orElseThrow();
        open.clock.advance(Duration.ofMinutes(3));
        uploads().advance(ID, 1000);

        var found = uploads().find(WEB, ID).orElseThrow();
        assertThat(found.offsetBytes()).isEqualTo(1000);
        assertThat(found.started()).isEqualTo(started.started());
        assertThat(found.updated()).isEqualTo(started.started().plus(Duration.ofMinutes(3)));
    }

    @Test
    void uploads_with_bytes_survive_a_restart_and_those_without_are_started_again() {
        var without = UploadId.random(new Random(6));
        uploads().start(ID, WEB, "", Algorithm.SHA512, 10);
        uploads().start(without, WEB, "", Algorithm.SHA256, 10);
        uploads().advance(ID, 700);
        var advanced = uploads().find(WEB, ID).orElseThrow();
        open.close();
        open = OpenMetadata.on(kind, folder);

        assertThat(uploads().all()).containsExactly(advanced);
        assertThat(advanced.offsetBytes()).isEqualTo(700);
        assertThat(uploads().find(WEB, without)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_removed_upload_is_forgotten_and_removing_it_again_does_no_harm(boolean hasBytes) {
        uploads().start(ID, WEB, "anna", Algorithm.SHA256, 10);
        if (hasBytes) {
            uploads().advance(ID, 10);
        }
        uploads().remove(ID);
        uploads().remove(ID);

        assertThat(uploads().find(WEB, ID)).isEmpty();
        assertThat(open.metadata.totals().read().uploads()).isZero();
    }

    @Test
    void nobody_has_more_uploads_than_the_limit_whatever_others_have() {
        for (int i = 0; i < 2; i++) {
            assertThat(uploads().start(UploadId.random(new Random(i)), WEB, "anna", Algorithm.SHA256, 2))
                    .isPresent();
        }
        uploads().advance(UploadId.random(new Random(0)), 10);
        var third = UploadId.random(new Random(3));
        assertThat(uploads().start(third, WEB, "anna", Algorithm.SHA256, 2)).isEmpty();
        assertThat(uploads().start(third, WEB, "otto", Algorithm.SHA256, 2)).isPresent();
    }

    @Test
    void room_for_another_is_made_by_one_that_ends() {
        uploads().start(ID, WEB, "anna", Algorithm.SHA256, 1);
        uploads().remove(ID);

        assertThat(uploads().start(UploadId.random(new Random(3)), WEB, "anna", Algorithm.SHA256, 1))
                .isPresent();
    }

    @Test
    void those_with_bytes_that_stand_still_are_found_the_longest_first() {
        var first = withBytes(ID);
        open.clock.advance(Duration.ofHours(1));
        var second = withBytes(UploadId.random(new Random(2)));

        assertThat(uploads().untouchedSince(first.updated(), Optional.empty(), 5))
                .containsExactly(first);
        assertThat(uploads().untouchedSince(second.updated(), Optional.empty(), 1))
                .containsExactly(first);
        assertThat(uploads().untouchedSince(second.updated(), Optional.of(first), 5))
                .containsExactly(second);
    }

    @Test
    void those_without_bytes_that_stand_still_are_found_and_counted() {
        var first = uploads().start(ID, WEB, "", Algorithm.SHA256, 10).orElseThrow();
        open.clock.advance(Duration.ofHours(1));
        uploads().start(UploadId.random(new Random(2)), WEB, "", Algorithm.SHA256, 10);

        assertThat(uploads().freshUntil(first.started())).containsExactly(first);
        assertThat(uploads().countUntouchedSince(first.started())).isEqualTo(1);
    }

    private UploadSession withBytes(UploadId id) {
        uploads().start(id, WEB, "", Algorithm.SHA256, 10);
        uploads().advance(id, 1);
        return uploads().find(WEB, id).orElseThrow();
    }

    private Uploads uploads() {
        return open.metadata.uploads();
    }
}
