package dev.berth.registry.upstream.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.content.ByteSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SharedPiecesTest {
    private static final int LONG = 256 * 1024;
    private static final int SHORT = 16 * 1024;

    private final Counting blob = new Counting(4 * 1024 * 1024);
    private final SharedPieces pieces = new SharedPieces();

    @Test
    void those_at_one_place_are_given_the_same_memory_and_the_file_is_read_once() {
        try (var one = pieces.take(blob, 0, LONG);
                var other = pieces.take(blob, 0, LONG)) {
            assertThat(one).isSameAs(other);
            one.bytes().get(new byte[100]);
            assertThat(other.bytes().remaining()).isEqualTo(LONG);
        }
        try (var late = pieces.take(blob, 0, LONG)) {
            assertThat(read(late.bytes())).isEqualTo(blob.bytes(0, LONG));
        }
        assertThat(blob.reads).isEqualTo(1);
    }

    @Test
    void a_piece_ends_where_the_bytes_end_for_now() {
        try (var piece = pieces.take(blob, LONG, LONG + 10)) {
            assertThat(read(piece.bytes())).isEqualTo(blob.bytes(LONG, 10));
        }
    }

    @Test
    void memory_is_used_again_and_never_while_it_is_sent() {
        try (var sent = pieces.take(blob, 0, LONG)) {
            for (int i = 1; i < 16; i++) {
                try (var piece = pieces.take(blob, (long) i * LONG, (i + 1L) * LONG)) {
                    assertThat(read(piece.bytes())).isEqualTo(blob.bytes(i * LONG, LONG));
                }
            }
            assertThat(read(sent.bytes())).isEqualTo(blob.bytes(0, LONG));
        }
    }

    @Test
    void many_places_at_a_time_make_the_pieces_short() {
        var taken = new ArrayList<SharedPieces.Piece>();
        for (int i = 0; i < 64; i++) {
            taken.add(pieces.take(blob, i, i + (long) LONG));
        }
        try (var another = pieces.take(blob, 100, 100L + LONG);
                var same = pieces.take(blob, 100, 100L + LONG)) {
            assertThat(read(another.bytes())).isEqualTo(blob.bytes(100, SHORT));
            assertThat(same).isSameAs(another);
        }
        taken.forEach(SharedPieces.Piece::close);
        try (var piece = pieces.take(blob, 1_000, 1_000L + LONG)) {
            assertThat(piece.bytes().remaining()).isEqualTo(LONG);
        }
    }

    @Test
    void a_blob_that_is_shorter_than_was_said_is_not_sent() {
        assertThatThrownBy(() -> pieces.take(blob, blob.content.length - 10L, blob.content.length + 10L))
                .isInstanceOf(IllegalStateException.class);
    }

    private static byte[] read(ByteBuffer bytes) {
        var all = new byte[bytes.remaining()];
        bytes.get(all);
        return all;
    }

    private static final class Counting implements ByteSource {
        private final byte[] content;
        private int reads;

        Counting(int length) {
            content = new byte[length];
            for (int i = 0; i < length; i++) {
                content[i] = (byte) (i * 31 + i / 256);
            }
        }

        byte[] bytes(int from, int length) {
            return Arrays.copyOfRange(content, from, from + length);
        }

        @Override
        public int read(ByteBuffer into, long offset) {
            reads++;
            int length = (int) Math.min(into.remaining(), content.length - offset);
            into.put(content, (int) offset, length);
            return length;
        }

        @Override
        public void close() {}
    }
}
