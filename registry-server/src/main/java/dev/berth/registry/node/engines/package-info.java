/** Docker Engines that agents speak to by their API: test pulls, and images in advance, on this machine or others. */
package dev.berth.registry.node.engines;
