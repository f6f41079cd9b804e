/** Memory outside the heap, within limits. */
package dev.berth.registry.memory;
