/** Images of other registries: a client that reads them, and mirrors that store what is pulled or copied. */
package dev.berth.registry.upstream;
