/** The rows of manifests, tags and referrers. */
package dev.berth.registry.metadata.manifest;
