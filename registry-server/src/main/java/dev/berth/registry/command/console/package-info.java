/** What the commands print: their answer, their progress, their exit codes and their version. */
package dev.berth.registry.command.console;
