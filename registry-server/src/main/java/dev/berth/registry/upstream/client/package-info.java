/**
 * A client of other registries (OCI distribution-spec 1.1, as pulled from): logs in where it may, follows redirects without taking
 * credentials along, and says in typed failures what it was answered. All mirrors of one host share its budget and its back-off.
 */
package dev.berth.registry.upstream.client;
