/** The bundled registry server. Its rooms are the packages below; `ArchitectureTest` holds the arrows between them. */
package dev.berth.registry;
