/**
 * Pulling images, from this registry or through it from an upstream: what a mirror holds is stored here when it is first pulled, and served
 * from here even when the upstream is away.
 */
package dev.berth.registry.upstream.pull;
