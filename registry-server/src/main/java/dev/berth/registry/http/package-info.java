/**
 * The distribution API (OCI distribution-spec 1.1) and the management port: routes, the error table, ranges, pagination, TLS. A handler
 * reads its request into types, asks one object of another room, and writes the answer; it runs on a virtual thread and may block.
 */
package dev.berth.registry.http;
