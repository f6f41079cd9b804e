/** Names, tags and digests: the grammar of the OCI distribution and image specs. Uses no other room. */
package dev.berth.registry.reference;
