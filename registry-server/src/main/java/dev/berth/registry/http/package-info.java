/**
 * The HTTP engine: it finds the endpoint of each request, runs it on the event loop or on a virtual thread, and writes its answer. It knows
 * nothing of registries but the table of error codes. `port` opens ports, with TLS or without; `proxy` says from where a request comes.
 */
package dev.berth.registry.http;
