/**
 * How the configuration file is read: a {@link dev.berth.registry.settings.Section} per mapping, which refuses every key that nobody asked
 * for. The settings records themselves live in the rooms that they open.
 */
package dev.berth.registry.settings;
