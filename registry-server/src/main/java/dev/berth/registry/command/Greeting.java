package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.http.port.ListenAddress;
import java.nio.file.Path;

/** What somebody needs to know who has just started a server: where it is, where its data are, how to push to it. */
record Greeting(String url, Path data, String howToPush) {
    static Greeting of(ServerSettings settings, ListenAddress address) {
        var scheme = settings.tls().isPresent() ? "https" : "http";
        // Clients take localhost without TLS, and the address of everything is nobody's name.
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
