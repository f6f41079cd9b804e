package dev.berth.registry.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port of this machine for a program that can't choose one by itself. */
record LoopbackPort(int number) {
    static LoopbackPort free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return new LoopbackPort(socket.getLocalPort());
        }
    }

    boolean answers() {
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), number)) {
            return connection.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "127.0.0.1:" + number;
    }
}
