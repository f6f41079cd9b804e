/** The commands below `users`, which edit the file that a server reads its users from. */
package dev.berth.registry.command.users;
