/** The bundled registry server; its rooms are the packages below, and the arrows between them stand in ArchitectureTest. */
package dev.berth.registry;
