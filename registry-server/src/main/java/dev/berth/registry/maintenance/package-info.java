/** Maintenance while the registry serves requests: expiry of uploads, collection, and checks. */
@org.jspecify.annotations.NullMarked
package dev.berth.registry.maintenance;
