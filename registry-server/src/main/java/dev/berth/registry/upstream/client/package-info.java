/**
 * A client of other registries (OCI distribution-spec 1.1, "Pull" and "Content Discovery"): it answers with typed failures, and all mirrors of
 * one host share a limit of requests and back off together.
 */
package dev.berth.registry.upstream.client;
