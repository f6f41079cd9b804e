/** The rows of blobs, their leases, uploads and deletions. */
package dev.berth.registry.metadata.blob;
