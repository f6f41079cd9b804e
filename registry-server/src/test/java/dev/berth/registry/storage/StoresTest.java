package dev.berth.registry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.metadata.Counts;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");
    private static final RepositoryName OTHER = new RepositoryName("team/other");

    @TempDir
    private Path folder;

    @Test
    void two_servers_never_share_a_data_folder() {
        try (var first = OpenCatalog.in(folder)) {
            assertThatExceptionOfType(StorageUnavailable.class)
                    .isThrownBy(() -> OpenCatalog.in(folder))
                    .withMessageContaining("another server is using " + folder);
            assertThat(first.stores().unreadable()).isEmpty();
        }
        OpenCatalog.in(folder).close();
    }

    @Test
    void a_data_folder_that_is_a_file_is_refused_with_its_name() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");

        assertThatExceptionOfType(StorageUnavailable.class)
                .isThrownBy(() -> OpenCatalog.in(file))
                .withMessage("the data folder " + file + " can't be used: " + file
                        + " is there already, and is not a folder");
    }

    @Test
    void a_data_folder_that_is_a_link_to_nothing_says_to_what() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("unmounted"));

        assertThatExceptionOfType(StorageUnavailable.class)
                .isThrownBy(() -> OpenCatalog.in(link))
                .withMessage("the data folder " + link + " is a symbolic link to " + folder.resolve("unmounted")
                        + ", which is not there; make that folder, or mount what should be there");
    }

    @Test
    void a_database_that_can_not_be_read_is_refused_and_the_folder_given_back() throws IOException {
        Files.writeString(
                folder.resolve("metadata.db"), "this is no database, though it is long enough to be one".repeat(100));
        assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> OpenCatalog.in(folder));

        Files.delete(folder.resolve("metadata.db"));
        OpenCatalog.in(folder).close();
    }

    @Test
    void all_is_there_after_a_restart() {
        var open = OpenCatalog.in(folder);
        var digest = open.push(WEB, "hello");
        open = open.reopened();

        assertThat(open.pull(WEB, digest)).contains("hello");
        assertThat(open.stores().metadata().totals().read()).isEqualTo(new Counts(1, 0, 0, 1, 5, 0, 0));
        open.close();
    }

    @Test
    void a_blob_of_one_repository_does_not_exist_for_another_until_it_is_mounted() {
        try (var open = OpenCatalog.in(folder)) {
            var digest = open.push(WEB, "hello");
            assertThat(open.pull(OTHER, digest)).isEmpty();
            assertThat(PullBlob.of(open.stores()).findAndLease(OTHER, digest)).isEmpty();
            assertThat(DeleteBlob.of(open.stores()).delete(OTHER, digest)).isFalse();

            assertThat(MountBlob.of(open.stores()).mount(OTHER, digest, WEB)).isTrue();

            assertThat(open.pull(OTHER, digest)).contains("hello");
            assertThat(PullBlob.of(open.stores()).findAndLease(OTHER, digest)).isPresent();
            assertThat(open.files("blobs")).hasSize(1);
        }
    }

    @Test
    void a_blob_deleted_in_one_repository_is_still_read_in_the_other() {
        try (var open = OpenCatalog.in(folder)) {
            var digest = open.push(WEB, "hello");
            MountBlob.of(open.stores()).mount(OTHER, digest, WEB);

            assertThat(DeleteBlob.of(open.stores()).delete(WEB, digest)).isTrue();

            assertThat(open.pull(WEB, digest)).isEmpty();
            assertThat(open.pull(OTHER, digest)).contains("hello");
        }
    }

    @Test
    void a_blob_that_nobody_has_is_not_mounted() {
        try (var open = OpenCatalog.in(folder)) {
            var nobodys = Algorithm.SHA256.digestOf(new byte[] {1});
            assertThat(MountBlob.of(open.stores()).mount(OTHER, nobodys, WEB)).isFalse();
        }
    }

    @Test
    void a_blob_whose_bytes_were_taken_away_is_unknown_until_it_is_pushed_again() throws IOException {
        try (var open = OpenCatalog.in(folder)) {
            var digest = open.push(WEB, "hello");
            Files.delete(folder.resolve("blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex()));
            assertThat(open.pull(WEB, digest)).isEmpty();
            assertThat(MountBlob.of(open.stores()).mount(OTHER, digest, WEB)).isFalse();

            open.push(OTHER, "hello");

            assertThat(open.pull(WEB, digest)).contains("hello");
        }
    }
}
