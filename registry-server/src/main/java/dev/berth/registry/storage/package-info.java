/** Opens what a registry is stored in: the data folder with its blobs and its database. */
package dev.berth.registry.storage;
