/** What must hold across metadata and content at once, one class per use case: pushing, mounting, pulling, deleting. */
package dev.berth.registry.catalog;
