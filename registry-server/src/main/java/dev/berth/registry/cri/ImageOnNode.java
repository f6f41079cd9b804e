package dev.berth.registry.cri;

import java.util.ArrayList;
import java.util.List;

/**
 * An image that the runtime has (`Image` of CRI).
 *
 * @param id the digest of its configuration, or what else the runtime names it by
 * @param tags its names with tags, such as `apps.team-a.svc/web:1`
 * @param digests its names with the digests of its manifests, such as `apps.team-a.svc/web@sha256:…`
 * @param sizeBytes its size as the runtime counts it
 * @param pinned whether the runtime never removes it to free space
 */
public record ImageOnNode(String id, List<String> tags, List<String> digests, long sizeBytes, boolean pinned) {
    public ImageOnNode {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
    }

    static ImageOnNode read(MessageReader message) throws CriFailure {
        var id = "";
        var tags = new ArrayList<String>();
        var digests = new ArrayList<String>();
        var size = 0L;
        var pinned = false;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> id = message.text();
                case 2 -> tags.add(message.text());
                case 3 -> digests.add(message.text());
                case 4 -> size = message.number();
                case 8 -> pinned = message.number() != 0;
                default -> {}
            }
        }
        return new ImageOnNode(id, tags, digests, size, pinned);
    }
}
