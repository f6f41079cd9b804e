/** Images that live elsewhere: the client of other registries, and the mirrors that keep what they were asked for. */
package dev.berth.registry.upstream;
