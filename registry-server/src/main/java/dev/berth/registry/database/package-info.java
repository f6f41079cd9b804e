/** One SQL database, and how SQLite is opened. The package `metadata` knows its tables. */
package dev.berth.registry.database;
