/** How many bytes mirrors may fetch and keep, and for which clients. */
package dev.berth.registry.upstream.limits;
