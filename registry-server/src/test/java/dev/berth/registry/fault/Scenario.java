package dev.berth.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/** The verdict over a run: everything promised is there, and no answer was wrong. */
record Scenario(String name, Ledger ledger) {
    /** How much longer than in CI everything runs; `registry-server/bin/faults` sets it. */
    static final int FACTOR = Integer.getInteger("berth.faults.factor", 1);

    /** Pulls all that was acknowledged and not deleted. */
    void check(HttpClient http, URI server) throws IOException, InterruptedException {
        check(http, server, ledger.all());
    }

    /** The same of what came last, which is what a crash endangers. */
    void checkNewest(int images, HttpClient http, URI server) throws IOException, InterruptedException {
        var all = ledger.all();
        check(http, server, all.subList(Math.max(0, all.size() - images), all.size()));
    }

    private void check(HttpClient http, URI server, List<Ledger.Image> images)
            throws IOException, InterruptedException {
        var client = new Client(http, server, ledger);
        for (var image : images) {
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
