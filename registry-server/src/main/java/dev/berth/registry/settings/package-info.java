/**
 * Reads the configuration file: a {@link dev.berth.registry.settings.Section} for each mapping, which refuses unknown keys. The settings records
 * themselves live in the rooms that they configure.
 */
package dev.berth.registry.settings;
