/** One SQL database, and how it is opened: SQLite today. What is in its tables is the metadata's to know. */
package dev.berth.registry.database;
