/**
 * Logging in to other registries: the credentials of the settings, the challenges of a 401, and the tokens that token services give
 * (distribution, "Token Authentication Specification").
 */
package dev.berth.registry.upstream.login;
