package dev.berth.registry.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountTest {
    @Test
    void one_is_singular_and_none_and_many_are_plural() {
        assertThat(Count.of(0, "blob")).hasToString("0 blobs");
        assertThat(Count.of(1, "blob")).hasToString("1 blob");
        assertThat(Count.of(2_000, "blob")).hasToString("2,000 blobs");
        assertThat(Count.repositories(1)).hasToString("1 repository");
        assertThat(Count.repositories(2)).hasToString("2 repositories");
    }

    @Test
    void sizes_are_written_as_people_read_them() {
        assertThat(ByteSize.text(0)).isEqualTo("0 bytes");
        assertThat(ByteSize.text(1)).isEqualTo("1 byte");
        assertThat(ByteSize.text(999)).isEqualTo("999 bytes");
        assertThat(ByteSize.text(1_024)).isEqualTo("1 KiB");
        assertThat(ByteSize.text(1_048_575)).isEqualTo("1023.9 KiB");
        assertThat(ByteSize.text(3L << 29)).isEqualTo("1.5 GiB");
        assertThat(ByteSize.text(Long.MAX_VALUE)).isEqualTo("8 EiB");
    }
}
