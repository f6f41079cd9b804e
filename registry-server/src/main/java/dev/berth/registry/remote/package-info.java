/**
 * What the clients of other servers share: which certificate authorities they trust, how long they wait before the next try, and how threads
 * that want the same thing ask for it once.
 */
package dev.berth.registry.remote;
