/** Mirrors of other registries: their settings, the names of their repositories, and what is known of each while the server runs. */
package dev.berth.registry.upstream.mirror;
