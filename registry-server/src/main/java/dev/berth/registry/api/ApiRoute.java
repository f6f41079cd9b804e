package dev.berth.registry.api;

import dev.berth.registry.api.admission.ApiEndpoint;
import dev.berth.registry.api.admission.Permission;

/**
 * One route of the distribution API.
 *
 * @param pattern the path as the spec writes it, `/v2/<name>/blobs/<digest>`
 */
record ApiRoute(String method, String pattern, Permission permission, ApiEndpoint endpoint) {}
