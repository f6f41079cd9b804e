package dev.berth.operator.server;

/** The image that servers run, such as `berth.dev/berth-server:0.1.0`. */
public record ServerImage(String reference) {}
