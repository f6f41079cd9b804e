/**
 * The distribution API (OCI distribution-spec 1.1): its routes, preconditions, ranges and pages. An endpoint reads its request into types,
 * asks one object of another room, and writes the answer. `admission` decides which requests reach an endpoint.
 */
package dev.berth.registry.api;
