package dev.berth.registry.node.engines;

import dev.berth.protocol.status.PreloadReport;
import dev.berth.registry.engine.EngineAddress;
import java.util.List;
import java.util.Optional;

/**
 * How far an engine is with the images that it is to have.
 *
 * @param away why the engine could not be asked; empty if it answers
 * @param hosts how far it is with the images of each host
 */
public record EngineReport(EngineAddress engine, Optional<String> away, List<PreloadReport> hosts) {
    /** Whether the engine answers and has all images. */
    public boolean complete() {
        return away.isEmpty() && hosts.stream().allMatch(PreloadReport::complete);
    }

    /** Such as `tcp://10.0.0.5:2375: 1 of 2 images: apps.team-a.svc/web:1: …`. */
    @Override
    public String toString() {
        if (away.isPresent()) {
            return engine + ": " + away.get();
        }
        int images = hosts.stream().mapToInt(PreloadReport::images).sum();
        int present = hosts.stream().mapToInt(PreloadReport::present).sum();
        var why = hosts.stream().flatMap(host -> host.message().stream()).findFirst();
        return engine + ": " + present + " of " + images + (images == 1 ? " image" : " images")
                + why.map(text -> ": " + text).orElse("");
    }
}
