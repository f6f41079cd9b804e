package dev.berth.registry.upstream.transport;

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
 * Sends requests and follows redirects itself: credentials and tokens go only to the upstream's own host, and no redirect leads from TLS to
 * plain HTTP.
 */
public final class UpstreamTransport {
    private static final int MOST_REDIRECTS = 5;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);
    /** How long to wait for the next piece of a body. */
    private static final Duration BODY_LIMIT = Duration.ofSeconds(10);

    private final Upstream upstream;
    private final Connections connections;

    public UpstreamTransport(Upstream upstream, Connections connections) {
        this.upstream = upstream;
        this.connections = connections;
    }

    /** Sends a request. Returns the answer, whatever its status. Throws {@link UpstreamException} when there is no answer. */
    public HttpResponse<BodyPieces> send(UpstreamRequest asked, Optional<String> authorization, Deadline deadline)
            throws InterruptedException {
        var url = asked.url();
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var request = request(url, deadline).method(asked.method(), HttpRequest.BodyPublishers.noBody());
            asked.accepted().forEach(type -> request.header("Accept", type));
            asked.range().ifPresent(range -> request.header("Range", range));
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
        throw malformed("it redirects " + asked.what() + " in a circle");
    }

    /**
     * Asks a token service for a token. Redirects are followed within its domain; credentials go along only to hosts that may receive them.
     */
    public HttpResponse<BodyPieces> token(URI realm, Optional<String> authorization, Deadline deadline)
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
                throw malformed("its token service redirects to " + Upstream.hostOf(url) + ", which is another domain");
            }
        }
        throw malformed("its token service redirects in a circle");
    }

    /** Whether the hosts of two addresses differ at most in the first label of their names. */
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
            return opened(connections.to(url, upstream.ca()).send(request, _ -> new BodyPieces(BODY_LIMIT)), url);
        } catch (IOException e) {
            throw new UpstreamException(
                    new UpstreamFailure.Unreachable(Upstream.hostOf(url) + " " + sentence(e, deadline.limit())));
        } catch (IllegalArgumentException e) { // a redirect to an address that Java refuses
            throw malformed("its redirect can't be followed");
        }
    }

    /** Java returns the answer of a proxy that refuses a tunnel as if it were the server's, but without a body. */
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
        connections.proxyAuthorization(url).ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        return request.timeout(deadline.left())
                .version(version(url))
                // Without this header, some servers compress blobs, and the digest would not match.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "berth");
    }

    /**
     * Over plain HTTP, Java would offer an upgrade to HTTP/2, which some servers cannot handle. Over HTTP/2 it would send the IP address as
     * the authority.
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
                .orElseThrow(() -> malformed("its redirect has no valid Location"));
        if (!upstream.keepsTls(next)) {
            throw malformed("it redirects from TLS to plain HTTP, at " + Upstream.hostOf(next));
        }
        return next;
    }

    private static UpstreamException malformed(String sentence) {
        return new UpstreamException(new UpstreamFailure.Malformed(sentence));
    }

    /** The cause of a failed request in words that help; without the address, whose query may hold secrets. */
    public static String sentence(IOException e, Duration limit) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnresolvedAddressException _, UnknownHostException _ -> {
                    return "isn't known by that name";
                }
                case SSLException tls -> {
                    return "fails in the TLS handshake: " + tls.getMessage();
                }
                default -> {}
            }
        }
        return switch (e) {
            case HttpConnectTimeoutException _ -> "can't be reached";
            case HttpTimeoutException _ -> "doesn't answer within " + limit.toMillis() + " ms";
            case ConnectException _ -> "refuses the connection";
            default ->
                e.getCause() instanceof ClosedChannelException || e.getMessage() == null
                        ? "has closed the connection"
                        : "breaks off: " + e.getMessage();
        };
    }
}
