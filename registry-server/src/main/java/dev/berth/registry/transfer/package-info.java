/** Images that come from, or go to, other forms of storage: a volume of distribution (registry:2), an OCI image layout. */
package dev.berth.registry.transfer;
