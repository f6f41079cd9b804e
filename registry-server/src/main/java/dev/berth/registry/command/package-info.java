/** The command line, a class for each command. No other package writes to the standard streams. */
package dev.berth.registry.command;
