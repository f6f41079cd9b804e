package dev.berth.operator.node;

/**
 * Where things are.
 *
 * @param operator the operator's own namespace; who may write there decides whom nodes trust
 * @param nodes the agents' namespace
 */
public record NodesNamespaces(String operator, String nodes) {}
