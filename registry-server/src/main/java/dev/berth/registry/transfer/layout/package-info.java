/** OCI image layouts (image-spec, "Image Layout"), in a folder or in a tar: exporting repositories to them and loading images from them. */
package dev.berth.registry.transfer.layout;
