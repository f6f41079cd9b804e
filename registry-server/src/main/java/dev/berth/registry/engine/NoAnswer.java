package dev.berth.registry.engine;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Tells apart why an engine gave no answer. Java's sockets and epoll throw different exceptions; the text of both is the operating system's. */
final class NoAnswer {
    private NoAnswer() {}

    static EngineException of(EngineAddress engine, IOException problem) {
        return new EngineException(failure(engine, problem));
    }

    private static EngineFailure failure(EngineAddress engine, IOException problem) {
        var text = causes(problem)
                .map(String::valueOf)
                .reduce("", (all, one) -> all + " " + one)
                .toLowerCase(Locale.ROOT);
        if (text.contains("permission denied") || text.contains("operation not permitted")) {
            return denied(engine);
        }
        if (causes(problem).anyMatch(SSLException.class::isInstance)) {
            return tlsRefused(engine, why(problem, SSLException.class));
        }
        // With TLS 1.3, an engine refuses a client's certificate only after the client has sent its request.
        if (text.contains("connection was closed")
                && engine instanceof EngineAddress.Tcp tcp
                && tcp.tls().isPresent()) {
            return tlsRefused(
                    engine, "the engine closed the connection, as for a client whose certificate it does not accept");
        }
        return new EngineFailure.Away(
                "No Docker Engine answers at " + engine + " (" + reason(problem, text) + "). " + way(engine));
    }

    private static EngineFailure denied(EngineAddress engine) {
        return new EngineFailure.AccessDenied("This user may not open " + engine
                + ". Run the command as root, or as a member of the group `docker`, which is as powerful as root.");
    }

    static EngineFailure tlsRefused(EngineAddress engine, String why) {
        return new EngineFailure.TlsRefused("The Docker Engine at " + engine + " and Berth do not agree on TLS (" + why
                + "). --tlsverify with --tlscacert, --tlscert and --tlskey, or DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, name"
                + " the certificates; an engine on port 2375 usually speaks no TLS.");
    }

    private static String reason(IOException problem, String text) {
        if (causes(problem).anyMatch(UnknownHostException.class::isInstance)) {
            return "its host name is unknown";
        }
        if (text.contains("refused")) {
            return "connection refused";
        }
        return text.contains("no such file") ? "there is no such socket" : Printable.of(why(problem, Throwable.class));
    }

    private static String way(EngineAddress engine) {
        return switch (engine) {
            case EngineAddress.UnixSocket _ ->
                "Start Docker, such as with `systemctl start docker`, or name another engine with -H or DOCKER_HOST.";
            case EngineAddress.Tcp _ ->
                "Start dockerd there with `-H` and this address, and let firewalls pass the port, or name another engine with -H"
                        + " or DOCKER_HOST.";
        };
    }

    /** The message of the last cause of a kind, which is the most exact one. */
    private static String why(IOException problem, Class<? extends Throwable> kind) {
        Optional<Throwable> last = causes(problem).filter(kind::isInstance).reduce((_, next) -> next);
        return Printable.of(String.valueOf(last.map(Throwable::getMessage).orElse(problem.getMessage())));
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, cause -> cause != null, Throwable::getCause)
                .limit(10);
    }
}
