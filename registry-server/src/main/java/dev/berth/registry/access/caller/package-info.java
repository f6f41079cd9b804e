/** Who calls: credentials as a client sends them, the result of a login, and what a token grants. */
package dev.berth.registry.access.caller;
