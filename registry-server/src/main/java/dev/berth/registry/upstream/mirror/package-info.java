/**
 * Mirrors of other registries: what they hold is stored here when it is first asked for, and served from here even when they are gone.
 */
package dev.berth.registry.upstream.mirror;
