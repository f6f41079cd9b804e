package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DirectBodiesTest {
    private static final int MOST_BYTES = 64 * 1024;

    private final EmbeddedChannel connection = new EmbeddedChannel(new DirectBodies(MOST_BYTES));

    @AfterEach
    void close() {
        assertThat(connection.finishAndReleaseAll())
                .as("messages that no test has read")
                .isFalse();
    }

    @Test
    void a_large_piece_of_a_body_is_kept_outside_the_heap() {
        var heap = bytes(10_000, 1);
        var kept = received(new DefaultHttpContent(heap));

        assertThat(kept).isNotInstanceOf(LastHttpContent.class);
        assertThat(kept.content().isDirect()).isTrue();
        assertThat(kept.content()).isEqualTo(bytes(10_000, 1));
        assertThat(heap.refCnt()).isZero();
    }

    @Test
    void the_longest_piece_is_kept_outside_the_heap_too() {
        assertThat(received(new DefaultHttpContent(bytes(MOST_BYTES, 2))).content())
                .isInstanceOf(DirectPieces.Piece.class)
                .isEqualTo(bytes(MOST_BYTES, 2));
    }

    @Test
    void while_all_memory_for_pieces_is_in_use_a_piece_passes_as_it_is() {
        var kept = new ArrayList<HttpContent>();
        HttpContent last;
        do {
            last = received(new DefaultHttpContent(bytes(10_000, 5)));
            kept.add(last);
        } while (last.content() instanceof DirectPieces.Piece && kept.size() < 10_000);

        assertThat(last.content()).isNotInstanceOf(DirectPieces.Piece.class).isEqualTo(bytes(10_000, 5));
        last.release();
        ((DirectPieces.Piece) kept.getFirst().content()).giveBack();
        assertThat(received(new DefaultHttpContent(bytes(10_000, 6))).content())
                .isInstanceOf(DirectPieces.Piece.class)
                .isEqualTo(bytes(10_000, 6));
    }

    @Test
    void only_the_bytes_that_are_not_read_yet_are_kept() {
        var heap = bytes(10_000, 3);
        heap.skipBytes(1_000);

        assertThat(received(new DefaultHttpContent(heap)).content())
                .isEqualTo(bytes(10_000, 3).skipBytes(1_000));
    }

    @Test
    void the_last_piece_stays_the_last_with_its_trailers() {
        var last = new DefaultLastHttpContent(bytes(10_000, 4));
        last.trailingHeaders().add("Digest", "of all");
        var kept = received(last);

        assertThat(kept.content()).isInstanceOf(DirectPieces.Piece.class).isEqualTo(bytes(10_000, 4));
        assertThat(kept)
                .isInstanceOfSatisfying(
                        LastHttpContent.class,
                        still -> assertThat(still.trailingHeaders().get("Digest"))
                                .isEqualTo("of all"));
        assertThat(last.refCnt()).isZero();
    }

    @Test
    void a_small_piece_one_that_is_too_long_and_other_messages_pass_unchanged() {
        for (int length : new int[] {0, 1, 4095, MOST_BYTES + 1}) {
            var content = new DefaultHttpContent(bytes(length, 5));
            assertThat(received(content)).isSameAs(content);
            assertThat(content.refCnt()).isOne();
            content.release();
        }
        assertThat(received(LastHttpContent.EMPTY_LAST_CONTENT)).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
        connection.writeInbound("no content");
        assertThat(connection.<String>readInbound()).isEqualTo("no content");
    }

    @Test
    void a_piece_that_was_given_back_is_used_again_for_the_next_bytes() {
        var first = piece(bytes(10_000, 6));
        first.giveBack();
        var second = piece(bytes(20_000, 7));

        assertThat(second).isEqualTo(bytes(20_000, 7));
        assertThat(sharesMemory(first, second)).isTrue();
    }

    @Test
    void a_piece_that_was_not_given_back_is_left_alone() {
        var first = piece(bytes(10_000, 8));
        var second = piece(bytes(10_000, 9));

        assertThat(sharesMemory(first, second)).isFalse();
        assertThat(second).isEqualTo(bytes(10_000, 9));
    }

    @Test
    void releasing_a_piece_does_not_give_it_back() {
        var first = piece(bytes(10_000, 10));
        var memory = first.nioBuffer();
        first.release();
        piece(bytes(10_000, 11));

        assertThat(Unpooled.wrappedBuffer(memory)).isEqualTo(bytes(10_000, 10));
    }

    /** Whether a byte that is written into one is read from the other. */
    private static boolean sharesMemory(ByteBuf one, ByteBuf other) {
        one.setByte(0, other.getByte(0) + 1);
        return one.getByte(0) == other.getByte(0);
    }

    private DirectPieces.Piece piece(ByteBuf bytes) {
        return VertxInternals.piece(VertxInternals.buffer(
                        received(new DefaultHttpContent(bytes)).content()))
                .orElseThrow();
    }

    private HttpContent received(HttpContent content) {
        connection.writeInbound(content);
        return connection.readInbound();
    }

    private static ByteBuf bytes(int length, int seed) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }
}
