/** Passwords: the users file, logins by password, and the limits on guessing. */
package dev.berth.registry.access.password;
