/** Reads manifests and indexes: their media types, and what they name (image-spec, "Image Manifest" and "Image Index"). */
package dev.berth.registry.manifest;
