package dev.berth.registry.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises of {@link RunningHash}, for each class that implements it. */
abstract class RunningHashContract {
    private static final byte[] BYTES = new byte[300_000];
    private static final ByteBuffer DIRECT_BYTES = ByteBuffer.allocateDirect(BYTES.length);

    static {
        new Random(1).nextBytes(BYTES);
        DIRECT_BYTES.put(BYTES).clear();
    }

    /** A buffer of bytes, as uploads, files and sockets may hand it over. */
    private enum Kind {
        HEAP,
        HEAP_SLICE,
        READ_ONLY,
        DIRECT,
        DIRECT_SLICE,
        DIRECT_PART;

        ByteBuffer of(int at, int length) {
            return switch (this) {
                case HEAP -> ByteBuffer.wrap(Arrays.copyOfRange(BYTES, at, at + length));
                case HEAP_SLICE -> ByteBuffer.wrap(BYTES).slice(at, length);
                case READ_ONLY -> ByteBuffer.wrap(BYTES, at, length).asReadOnlyBuffer();
                case DIRECT ->
                    ByteBuffer.allocateDirect(length).put(BYTES, at, length).flip();
                case DIRECT_SLICE -> DIRECT_BYTES.slice(at, length);
                case DIRECT_PART -> DIRECT_BYTES.duplicate().position(at).limit(at + length);
            };
        }
    }

    /** A hash of no bytes. */
    abstract RunningHash begin(Algorithm algorithm);

    @ParameterizedTest
    @CsvSource(
            value = {
                "''|sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "abc|sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "''|sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
                "abc|sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            },
            delimiter = '|')
    void the_digest_is_the_one_that_the_standard_gives(String text, String digest) {
        var expected = Digest.parse(digest);
        var hash = begin(expected.algorithm());
        hash.update(ByteBuffer.wrap(text.getBytes(UTF_8)));

        assertThat(hash.digest()).isEqualTo(expected);
        assertThat(hash.algorithm()).isEqualTo(expected.algorithm());
    }

    @ParameterizedTest
    @EnumSource
    void any_split_into_any_kind_of_buffers_has_the_digest_of_the_whole(Algorithm algorithm) {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var hash = begin(algorithm);
            for (int at = 0; at < BYTES.length; ) {
                int length = Math.min(random.nextInt(random.nextBoolean() ? 300 : 100_000), BYTES.length - at);
                var piece = Kind.values()[random.nextInt(Kind.values().length)].of(at, length);
                hash.update(piece);
                at += length;

                assertThat(piece.position()).isEqualTo(piece.limit());
                assertThat(hash.bytes()).isEqualTo(at);
            }
            assertThat(hash.digest()).as("seed %s", seed).isEqualTo(algorithm.digestOf(BYTES));
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_buffer_may_hold_everything_whatever_its_kind(Algorithm algorithm) {
        for (var kind : Kind.values()) {
            for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 2 * 65_536, BYTES.length}) {
                var hash = begin(algorithm);
                hash.update(kind.of(0, length));

                assertThat(hash.digest())
                        .as("%s bytes, %s", length, kind)
                        .isEqualTo(algorithm.digestOf(Arrays.copyOf(BYTES, length)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_copy_goes_on_independently(Algorithm algorithm) {
        var hash = begin(algorithm);
        hash.update(bytes("one, "));
        var copy = hash.copy();
        hash.update(bytes("two"));
        copy.update(bytes("three"));

        assertThat(hash.digest()).isEqualTo(algorithm.digestOf("one, two".getBytes(UTF_8)));
        assertThat(hash.bytes()).isEqualTo(8);
        assertThat(copy.digest()).isEqualTo(algorithm.digestOf("one, three".getBytes(UTF_8)));
        assertThat(copy.bytes()).isEqualTo(10);
        assertThat(copy.algorithm()).isEqualTo(algorithm);
    }

    @ParameterizedTest
    @EnumSource
    void a_digest_in_the_middle_changes_nothing(Algorithm algorithm) {
        var hash = begin(algorithm);
        hash.update(bytes("one, "));

        assertThat(hash.digest()).isEqualTo(algorithm.digestOf("one, ".getBytes(UTF_8)));
        assertThat(hash.digest()).isEqualTo(algorithm.digestOf("one, ".getBytes(UTF_8)));
        hash.update(bytes("two"));
        assertThat(hash.digest()).isEqualTo(algorithm.digestOf("one, two".getBytes(UTF_8)));
    }

    @Test
    void only_the_bytes_before_the_limit_are_hashed_and_counted() {
        var hash = begin(Algorithm.SHA256);
        hash.update(bytes("not this, but this, nor this").position(10).limit(18));

        assertThat(hash.digest()).isEqualTo(Algorithm.SHA256.digestOf("but this".getBytes(UTF_8)));
        assertThat(hash.bytes()).isEqualTo(8);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
