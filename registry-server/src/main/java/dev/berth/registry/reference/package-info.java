/** Names, tags and digests: the grammar of the OCI distribution and image specs, and Docker's short names. Uses no other room. */
package dev.berth.registry.reference;
