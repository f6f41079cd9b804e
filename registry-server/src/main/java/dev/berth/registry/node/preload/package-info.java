/** Pulls the images that a node is to have before a pod needs them, and pulls a tag again when it has moved. */
package dev.berth.registry.node.preload;
