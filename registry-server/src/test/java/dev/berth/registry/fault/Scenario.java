package dev.berth.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;

/** The verdict over a run: everything promised is there, and no answer was wrong. */
record Scenario(String name, Ledger ledger) {
    /** How much longer than in CI everything runs; `registry-server/bin/faults` sets it. */
    static final int FACTOR = Integer.getInteger("berth.faults.factor", 1);

    /** Pulls all that was acknowledged and not deleted. */
    void check(HttpClient http, URI server) throws IOException, InterruptedException {
        var client = new Client(http, server, ledger);
        for (var image : ledger.all()) {
            if (!client.has(image)) {
                ledger.wrong("lost or wrong: " + image);
            }
        }
        assertThat(ledger.wrongs()).as(name).isEmpty();
    }

    void report(String what) {
        System.out.printf("%s: %s%n", name, what.isEmpty() ? ledger : what + ", " + ledger);
    }
}
