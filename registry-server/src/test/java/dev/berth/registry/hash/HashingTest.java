package dev.berth.registry.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Algorithm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HashingTest {
    private static final int[] LENGTHS = {0, 1, 63, 64, 65, 127, 128, 129, 100_000};
    private static final byte[] BYTES = new byte[150_000];

    static {
        new Random(2).nextBytes(BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void a_hash_begins_although_nothing_is_linked_yet(Algorithm algorithm) {
        var hash = new Hashing().begin(algorithm);
        hash.update(ByteBuffer.wrap(BYTES));

        assertThat(hash.digest()).isEqualTo(algorithm.digestOf(BYTES));
    }

    @Test
    void nothing_is_restored_while_nothing_is_linked() {
        var state = begun(LinkedHashing.open(), Algorithm.SHA256, 10).state().orElseThrow();

        assertThat(new Hashing().restore(Algorithm.SHA256, 10, state)).isEmpty();
    }

    @Test
    void the_first_hash_begins_to_link_the_library_for_those_that_follow() {
        LinkedHashing.requireLibrary();
        var hashing = new Hashing();
        hashing.begin(Algorithm.SHA256);

        Awaitility.await("a hash by libcrypto, whose state can be saved")
                .until(() -> hashing.begin(Algorithm.SHA256).state().isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void a_saved_hash_is_restored_by_another_process_and_goes_on(Algorithm algorithm) {
        var before = LinkedHashing.open();
        var after = LinkedHashing.open();
        for (int length : LENGTHS) {
            var state = begun(before, algorithm, length).state().orElseThrow();
            var restored = after.restore(algorithm, length, state).orElseThrow();

            assertThat(restored.algorithm()).isEqualTo(algorithm);
            assertThat(restored.bytes()).isEqualTo(length);
            assertThat(restored.digest()).isEqualTo(algorithm.digestOf(Arrays.copyOf(BYTES, length)));
            restored.update(ByteBuffer.wrap(BYTES, length, BYTES.length - length));
            assertThat(restored.digest()).as("from %s bytes", length).isEqualTo(algorithm.digestOf(BYTES));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_state_of_more_bits_than_fit_into_a_word_is_restored(Algorithm algorithm) {
        var hashing = LinkedHashing.open();
        var layout = layout(algorithm);
        long bytes = (1L << 35) + 5; // of sha256 the lower word counts up to 2^29 bytes
        var state = begun(hashing, algorithm, 5).state().orElseThrow();
        var words = ByteBuffer.wrap(state).order(ByteOrder.nativeOrder());
        int count = 8 * layout.wordBytes();
        if (algorithm == Algorithm.SHA256) {
            words.putInt(count, (int) (8 * bytes)).putInt(count + Integer.BYTES, (int) ((8 * bytes) >>> Integer.SIZE));
        } else {
            words.putLong(count, 8 * bytes);
        }

        assertThat(hashing.restore(algorithm, bytes, state)).isPresent();
        assertThat(hashing.restore(algorithm, 5, state)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_state_of_another_number_of_bytes_is_not_restored(Algorithm algorithm) {
        var hashing = LinkedHashing.open();
        for (int length : LENGTHS) {
            var state = begun(hashing, algorithm, length).state().orElseThrow();
            for (int other : new int[] {length - 1, length + 1, length + 64, length + 128, length + 1000}) {
                assertThat(hashing.restore(algorithm, other, state)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_state_of_the_other_algorithm_or_of_another_length_is_not_restored(Algorithm algorithm) {
        var hashing = LinkedHashing.open();
        var state = begun(hashing, algorithm, 100).state().orElseThrow();

        for (var other : Algorithm.values()) {
            assertThat(hashing.restore(other, 100, state).isPresent()).isEqualTo(other == algorithm);
        }
        for (int length = 0; length < state.length; length++) {
            assertThat(hashing.restore(algorithm, 100, Arrays.copyOf(state, length)))
                    .isEmpty();
        }
        assertThat(hashing.restore(algorithm, 100, Arrays.copyOf(state, state.length + 1)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void random_bytes_are_not_restored(Algorithm algorithm) {
        var hashing = LinkedHashing.open();
        var random = new Random(3);
        var state = new byte[layout(algorithm).sizeBytes()];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(state);
            assertThat(hashing.restore(algorithm, random.nextLong(), state)).isEmpty();
        }
    }

    /** The library would write behind the block. */
    @ParameterizedTest
    @EnumSource
    void a_state_whose_block_holds_more_than_fits_never_reaches_the_library(Algorithm algorithm) {
        var hashing = LinkedHashing.open();
        var state = begun(hashing, algorithm, 100).state().orElseThrow();
        int block = 16 * layout(algorithm).wordBytes();
        int used = state.length - 2 * Integer.BYTES;
        for (int wrong : new int[] {-1, block, block + 1, block + 100 % block, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            var spoilt = state.clone();
            ByteBuffer.wrap(spoilt).order(ByteOrder.nativeOrder()).putInt(used, wrong);
            assertThat(hashing.restore(algorithm, 100, spoilt)).isEmpty();
        }
    }

    /** The library would write more bytes than there is space for. */
    @ParameterizedTest
    @EnumSource
    void a_state_with_another_length_of_the_result_never_reaches_the_library(Algorithm algorithm) {
        var hashing = LinkedHashing.open();
        var state = begun(hashing, algorithm, 100).state().orElseThrow();
        ByteBuffer.wrap(state).order(ByteOrder.nativeOrder()).putInt(state.length - Integer.BYTES, 1000);

        assertThat(hashing.restore(algorithm, 100, state)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_restored_hash_leaves_the_bytes_of_its_state_alone(Algorithm algorithm) {
        var hashing = LinkedHashing.open();
        var state = begun(hashing, algorithm, 100).state().orElseThrow();
        var kept = state.clone();
        hashing.restore(algorithm, 100, state).orElseThrow().update(ByteBuffer.wrap(BYTES));

        assertThat(state).isEqualTo(kept);
    }

    private static RunningHash begun(Hashing hashing, Algorithm algorithm, int length) {
        var hash = hashing.begin(algorithm);
        hash.update(ByteBuffer.wrap(BYTES, 0, length));
        return hash;
    }

    private static StateLayout layout(Algorithm algorithm) {
        return switch (algorithm) {
            case SHA256 -> StateLayout.SHA256;
            case SHA512 -> StateLayout.SHA512;
        };
    }
}
