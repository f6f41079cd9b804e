package dev.berth.operator.node;

import dev.berth.operator.registry.RegistryNames;

/**
 * An upstream whose images nodes are to ask a registry for, before the upstream itself.
 *
 * @param upstream what goes before its images' names, such as `docker.io`
 * @param mirror who wants that, as `namespace/name`
 * @param registry that is asked
 */
public record MirrorHost(String upstream, String mirror, RegistryNames registry) {}
