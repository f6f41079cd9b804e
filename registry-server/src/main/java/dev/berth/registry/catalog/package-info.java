/** Use cases that involve both metadata and content, one class each: pushing, mounting, pulling, deleting. */
package dev.berth.registry.catalog;
