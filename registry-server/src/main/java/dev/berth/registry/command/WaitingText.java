package dev.berth.registry.command;

import dev.berth.registry.maintenance.Waiting;
import dev.berth.registry.reference.ByteSize;
import dev.berth.registry.reference.Count;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what collection does not delete yet, until when, and which setting decides that. */
record WaitingText(Waiting waiting, ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT);

    private static final String KEPT = ". Delete the manifests by digest, or set maintenance.untagged.policy to remove";

    /** A sentence for each kind of data that waits. */
    List<String> sentences() {
        var sentences = new ArrayList<String>();
        add(sentences, waiting.blobs(), "blob", "no image names %s, but a push still may (storage.lease)");
        add(
                sentences,
                waiting.untagged(),
                "untagged manifest",
                "clients may still pull %s by digest"
                        + (waiting.untagged().until().isPresent() ? " (maintenance.untagged.after)" : KEPT));
        add(
                sentences,
                waiting.uploads(),
                "unfinished upload",
                "clients may still continue %s (storage.uploads.expiry)");
        return sentences;
    }

    private void add(List<String> sentences, Waiting.Part part, String what, String why) {
        var one = part.count() == 1;
        if (part.count() > 0) {
            sentences.add("%s (%s) %s: %s."
                    .formatted(
                            Count.of(part.count(), what),
                            ByteSize.text(part.bytes()),
                            part.until()
                                    .map(time -> (one ? "waits until " : "wait until ") + text(time))
                                    .orElse(one ? "stays" : "stay"),
                            why.formatted(one ? "it" : "them")));
        }
    }

    private String text(Instant time) {
        return TIME.format(time.atZone(zone));
    }
}
