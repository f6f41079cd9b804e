package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.answer.WebAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Sends requests and follows redirects by hand: what authorizes goes to the upstream's own host alone, and nothing goes from TLS to plain
 * HTTP.
 */
final class UpstreamTransport {
    private static final int MOST_REDIRECTS = 5;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);
    /** For the next piece of a body. */
    private static final Duration PATIENCE_IN_BODY = Duration.ofSeconds(10);

    private final Upstream upstream;
    private final UpstreamHosts hosts;

    UpstreamTransport(Upstream upstream, UpstreamHosts hosts) {
        this.upstream = upstream;
        this.hosts = hosts;
    }

    /** Throws {@link UpstreamException} when there is no answer at all. */
    HttpResponse<BodyPieces> send(UpstreamRequest ask, Optional<String> authorization, Deadline deadline)
            throws InterruptedException {
        var url = ask.url();
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var request = request(url, deadline).method(ask.method(), HttpRequest.BodyPublishers.noBody());
            ask.accepted().forEach(type -> request.header("Accept", type));
            ask.range().ifPresent(range -> request.header("Range", range));
            if (Upstream.hostOf(url).equals(upstream.host()) && upstream.keepsTls(url)) {
                authorization.ifPresent(value -> request.header("Authorization", value));
            }
            var answer = exchange(url, request.build(), deadline);
            if (!REDIRECTS.contains(answer.statusCode())) {
                return answer;
            }
            answer.body().close();
            url = next(url, answer);
        }
        throw malformed("it redirects " + ask.what() + " in a circle");
    }

    /** Asks a token service. It may send us on within its own domain; what authorizes goes along only to hosts that may have it. */
    HttpResponse<BodyPieces> token(URI realm, Optional<String> authorization, Deadline deadline)
            throws InterruptedException {
        var url = realm;
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var request = request(url, deadline).GET();
            if (Upstream.hostOf(url).equals(Upstream.hostOf(realm)) || upstream.trusts(url)) {
                authorization.ifPresent(value -> request.header("Authorization", value));
            }
            var answer = exchange(url, request.build(), deadline);
            if (!REDIRECTS.contains(answer.statusCode())) {
                return answer;
            }
            answer.body().close();
            url = next(url, answer);
            if (!sharesDomain(realm, url)) {
                throw malformed("its token service sends to " + Upstream.hostOf(url) + ", which is of somebody else");
            }
        }
        throw malformed("its token service redirects in a circle");
    }

    /** Whether they differ in the first label of their names at most. */
    private static boolean sharesDomain(URI one, URI other) {
        var first = WebAddress.host(one).orElse("");
        var second = WebAddress.host(other).orElse("");
        return first.equals(second)
                || (parent(first).indexOf('.') > 0 && parent(first).equals(parent(second)));
    }

    private static String parent(String host) {
        var isName = host.chars().anyMatch(Character::isLetter) && host.indexOf(':') < 0;
        return isName ? host.substring(host.indexOf('.') + 1) : "";
    }

    private HttpResponse<BodyPieces> exchange(URI url, HttpRequest request, Deadline deadline)
            throws InterruptedException {
        try {
            return opened(
                    hosts.connections(upstream.ca(), url).send(request, _ -> new BodyPieces(PATIENCE_IN_BODY)), url);
        } catch (IOException e) {
            throw new UpstreamException(
                    new UpstreamFailure.Unreachable(Upstream.hostOf(url) + " " + sentence(e, deadline.patience())));
        } catch (IllegalArgumentException e) { // an address that a redirect has made up
            throw malformed("its redirect can't be followed");
        }
    }

    /** Java gives the answer of a proxy that opens no tunnel as if it were the server's, without a body. */
    private static HttpResponse<BodyPieces> opened(HttpResponse<BodyPieces> answer, URI url) {
        if (answer.body() == null) {
            throw new UpstreamException(new UpstreamFailure.Unreachable(
                    "the proxy opens no tunnel to " + Upstream.hostOf(url) + ": it answers " + answer.statusCode()));
        }
        return answer;
    }

    private HttpRequest.Builder request(URI url, Deadline deadline) {
        var request = HttpRequest.newBuilder(NumberedHost.of(url));
        if (NumberedHost.isNeeded(url)) {
            request.setHeader("Host", url.getRawAuthority());
        }
        hosts.proxyAuthorization(url).ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        return request.timeout(deadline.left())
                .version(version(url))
                // Without it, some servers compress what has a digest.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "berth");
    }

    /**
     * Over plain HTTP, Java would offer to change the protocol, which not every server takes well. Over HTTP/2 it would send a number as the
     * authority.
     */
    private static HttpClient.Version version(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) && !NumberedHost.isNeeded(url)
                ? HttpClient.Version.HTTP_2
                : HttpClient.Version.HTTP_1_1;
    }

    private URI next(URI from, HttpResponse<?> answer) {
        var next = answer.headers()
                .firstValue("Location")
                .flatMap(location -> WebAddress.resolve(from, location))
                .orElseThrow(() -> malformed("it redirects to nowhere"));
        if (!upstream.keepsTls(next)) {
            throw malformed("it redirects from TLS to plain HTTP, at " + Upstream.hostOf(next));
        }
        return next;
    }

    private static UpstreamException malformed(String sentence) {
        return new UpstreamException(new UpstreamFailure.Malformed(sentence));
    }

    /** What people can do something about; addresses with their queries stay out of it. */
    static String sentence(IOException e, Duration patience) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnresolvedAddressException _, UnknownHostException _ -> {
                    return "isn't known by that name";
                }
                case SSLException tls -> {
                    return "doesn't come to terms about TLS: " + tls.getMessage();
                }
                default -> {}
            }
        }
        return switch (e) {
            case HttpConnectTimeoutException _ -> "can't be reached";
            case HttpTimeoutException _ -> "doesn't answer within " + patience.toMillis() + " ms";
            case ConnectException _ -> "refuses the connection";
            default ->
                e.getCause() instanceof ClosedChannelException || e.getMessage() == null
                        ? "has closed the connection"
                        : "breaks off: " + e.getMessage();
        };
    }
}
