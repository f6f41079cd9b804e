package dev.berth.registry.node.preload;

import dev.berth.protocol.status.PreloadReport;
import java.util.List;

/** Keeps the images that this node is to have in advance, until its thread is interrupted. Any thread asks for its report. */
public interface Preloading extends Runnable {
    /** How far this node is, for each host that wants images on it. */
    List<PreloadReport> report();
}
