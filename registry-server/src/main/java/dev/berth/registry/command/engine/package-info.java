/** `berth-registry engine`: works with a Docker Engine, on this machine or another, in the words of Docker's own client. */
package dev.berth.registry.command.engine;
