package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.http.port.ListenAddress;
import java.nio.file.Path;

/** What a person needs to know after starting a server: its URL, its data folder, and how to push to it. */
record Greeting(String url, Path data, String howToPush) {
    static Greeting of(ServerSettings settings, ListenAddress address) {
        var scheme = settings.tls().isPresent() ? "https" : "http";
        // Clients accept localhost without TLS, and 0.0.0.0 is no address to connect to.
        var host =
                address.host().equals("0.0.0.0") || address.host().equals("127.0.0.1") ? "localhost" : address.host();
        var registry = host + ":" + address.port();
        var login = settings.access().users().isPresent() ? "docker login " + registry + " && " : "";
        return new Greeting(
                scheme + "://" + address,
                settings.storage().folder().toAbsolutePath().normalize(),
                login + "docker tag IMAGE " + registry + "/IMAGE && docker push " + registry + "/IMAGE");
    }
}
