/** What processes that serve the same stores must agree on. */
package dev.berth.registry.coordination;
