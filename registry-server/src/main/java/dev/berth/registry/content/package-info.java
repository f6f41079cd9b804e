/** Blob bytes by digest, and the uploads that become them. Knows neither repositories nor SQL. */
package dev.berth.registry.content;
