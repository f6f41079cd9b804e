package dev.berth.registry.database;

/** What a change survives once it is acknowledged. */
enum Durability {
    PROCESS("normal"),
    POWER_CUT("full");

    private final String synchronous;

    Durability(String synchronous) {
        this.synchronous = synchronous;
    }

    /** The value of SQLite's pragma `synchronous`. */
    String synchronous() {
        return synchronous;
    }
}
