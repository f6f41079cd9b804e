/** The management port: health, metrics, status, and the work that the commands ask of a running server. */
package dev.berth.registry.management;
