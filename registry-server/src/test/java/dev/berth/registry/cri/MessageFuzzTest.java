package dev.berth.registry.cri;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.cri.CriFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whatever bytes a runtime answers: they become a record, or a failure that says so. */
final class MessageFuzzTest {
    private interface Reading<T> {
        T read(MessageReader message) throws CriFailure;
    }

    @FuzzTest
    void an_answer_is_read_or_refused(byte[] bytes) {
        List<Reading<?>> readings =
                List.of(ImageOnNode::read, ContainerOnNode::read, ImageDisk::read, RuntimeVersion::read);
        for (var reading : readings) {
            try {
                assertThat(reading.read(new MessageReader(bytes))).isNotNull();
            } catch (CriFailure e) {
                assertThat(e.kind()).isEqualTo(Kind.MALFORMED);
            }
        }
    }

    @FuzzTest
    void a_text_reads_back_as_it_was_written(byte[] bytes) throws CriFailure {
        var written = new String(bytes, StandardCharsets.UTF_8);
        var message = new MessageReader(new MessageWriter()
                .message(1, new MessageWriter().text(1, written))
                .text(2, written)
                .bytes());
        var texts = new ArrayList<String>();
        while (message.next()) {
            if (message.field() == 2) {
                texts.add(message.text());
            }
        }
        assertThat(texts).isEqualTo(written.isEmpty() ? List.of() : List.of(written));
    }
}
