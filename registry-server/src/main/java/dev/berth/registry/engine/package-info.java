/** A client of the Docker Engine API: images, containers and volumes of a daemon on this machine or another. */
package dev.berth.registry.engine;
