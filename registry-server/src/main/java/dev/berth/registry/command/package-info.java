/** The command line. The only room that writes to the standard streams. */
package dev.berth.registry.command;
