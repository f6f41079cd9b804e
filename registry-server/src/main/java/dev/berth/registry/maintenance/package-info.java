/** What keeps a registry in order while it serves: expiry of uploads, collection of what nothing needs, scrubbing. */
@org.jspecify.annotations.NullMarked
package dev.berth.registry.maintenance;
