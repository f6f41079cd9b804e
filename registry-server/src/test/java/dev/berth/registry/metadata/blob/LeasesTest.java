package dev.berth.registry.metadata.blob;

import static dev.berth.registry.metadata.OpenMetadata.LEASE;
import static dev.berth.registry.metadata.OpenMetadata.OTHER;
import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static dev.berth.registry.metadata.OpenMetadata.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.OpenMetadata;
import dev.berth.registry.metadata.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
final class LeasesTest {
    private final OpenMetadata open;

    LeasesTest(TestDatabase kind, @TempDir Path folder) {
        this.open = OpenMetadata.on(kind, folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void a_push_and_a_mount_lease_the_blob_to_their_repository() {
        open.blob(WEB, "hello");
        open.metadata.blobs().mount(OTHER, digest("hello"), WEB);

        assertThat(open.number("select count(*) from leases")).isEqualTo(2);
        assertThat(lastExpiry()).isEqualTo(open.clock.instant().plus(LEASE));
    }

    @Test
    void being_told_that_a_blob_exists_leases_it() {
        var digest = open.blob(WEB, "hello");
        open.clock.advance(Duration.ofHours(30));

        assertThat(leases().renew(WEB, digest)).isTrue();

        assertThat(lastExpiry()).isEqualTo(open.clock.instant().plus(LEASE));
    }

    @Test
    void a_lease_with_more_than_half_its_time_is_left_alone() {
        var digest = open.blob(WEB, "hello");
        leases().renew(WEB, digest);
        var first = lastExpiry();

        open.clock.advance(Duration.ofHours(11));
        leases().renew(WEB, digest);
        assertThat(lastExpiry()).isEqualTo(first);

        open.clock.advance(Duration.ofHours(2));
        leases().renew(WEB, digest);
        assertThat(lastExpiry()).isEqualTo(open.clock.instant().plus(LEASE));
    }

    @Test
    void what_a_repository_lacks_is_not_leased_to_it() {
        var digest = open.blob(WEB, "hello");

        assertThat(leases().renew(OTHER, digest)).isFalse();
        assertThat(leases().renew(WEB, digest("other"))).isFalse();
        assertThat(open.number("select count(*) from leases")).isEqualTo(1);
    }

    @Test
    void a_blob_that_was_deleted_after_its_lease_is_not_said_to_exist() {
        var digest = open.blob(WEB, "hello");
        leases().renew(WEB, digest);
        open.metadata.blobs().unlink(WEB, digest);

        assertThat(leases().renew(WEB, digest)).isFalse();
    }

    private Leases leases() {
        return open.metadata.leases();
    }

    private Instant lastExpiry() {
        return Instant.ofEpochMilli(open.number("select max(expires_at) from leases"));
    }
}
