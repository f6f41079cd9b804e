/** What mirrors may fetch and keep, and for whom. */
package dev.berth.registry.upstream.limits;
