package dev.berth.registry.fault;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Many clients at once, from now until they are told to end or the server goes away. */
final class Crowd implements AutoCloseable {
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> clients = new ArrayList<>();

    private Crowd() {}

    static Crowd of(int size, HttpClient http, URI server, Ledger ledger, Set<Integer> refusals) {
        var crowd = new Crowd();
        for (var i = 0; i < size; i++) {
            var name = "n" + ledger.operations() + "-" + i;
            var traffic = new Traffic(new Client(http, server, ledger), name, refusals);
            crowd.clients.add(crowd.threads.submit(() -> {
                traffic.run(crowd.goOn::get);
                return name;
            }));
        }
        return crowd;
    }

    boolean isThere() {
        return clients.stream().noneMatch(Future::isDone);
    }

    /** Lets each finish what it is at; a client that failed makes this fail too. */
    @Override
    public void close() {
        goOn.set(false);
        threads.close();
        clients.forEach(Future::resultNow);
    }
}
