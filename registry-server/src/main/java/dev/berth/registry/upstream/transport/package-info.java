/**
 * HTTP to other registries: where they are, whom to trust over TLS, the way through proxies, redirects that are followed without taking
 * credentials along, and why a request failed.
 */
package dev.berth.registry.upstream.transport;
