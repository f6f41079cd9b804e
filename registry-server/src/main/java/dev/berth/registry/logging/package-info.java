/** How the server writes its log: lines for people, or JSON for machines. */
package dev.berth.registry.logging;
