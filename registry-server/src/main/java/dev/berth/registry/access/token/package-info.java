/** Tokens: those that this registry issues, and those of Kubernetes service accounts. */
package dev.berth.registry.access.token;
