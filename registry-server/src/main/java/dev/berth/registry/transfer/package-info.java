/** Importing the images of another registry from its volume (distribution's registry:2 and registry:3). OCI image layouts have a package of their own. */
package dev.berth.registry.transfer;
