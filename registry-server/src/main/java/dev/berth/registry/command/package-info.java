/** The command line (picocli): one class per command. It wires the rooms by hand, and is the only one to use the standard streams. */
package dev.berth.registry.command;
