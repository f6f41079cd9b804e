package dev.berth.registry.database;

/** What a change outlives once it is acknowledged. */
enum Durability {
    PROCESS("normal"),
    POWER_CUT("full");

    private final String synchronous;

    Durability(String synchronous) {
        this.synchronous = synchronous;
    }

    /** SQLite's word for it. */
    String synchronous() {
        return synchronous;
    }
}
