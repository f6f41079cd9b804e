/** The rows of repositories, and what all tables share: pages, caches, and which manifests nothing names any more. */
package dev.berth.registry.metadata.repository;
