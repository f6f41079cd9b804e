package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.answer.WebAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Java's client asks no host whose name has an underscore, as those of Compose networks have. Such a name is looked up here, and the host
 * asked by its number; the request names it in `Host` all the same, and TLS by {@link HostTrust}.
 */
final class NumberedHost {
    private NumberedHost() {}

    /** Whether the host of an address has to be asked by its number. */
    static boolean isNeeded(URI url) {
        return url.getHost() == null;
    }

    /** The same address, or one by number. Throws {@link UpstreamException} for a name that can't be reached so. */
    static URI of(URI url) {
        if (!isNeeded(url)) {
            return url;
        }
        var name = WebAddress.host(url).orElse("");
        try {
            var address = InetAddress.getByName(name).getHostAddress();
            var number = address.indexOf(':') < 0 ? address : "[" + address + "]";
            var rest = url.toString()
                    .substring(
                            url.getScheme().length() + 3 + url.getRawAuthority().length());
            var port = WebAddress.port(url) < 0 ? "" : ":" + WebAddress.port(url);
            return URI.create(url.getScheme() + "://" + number + port + rest);
        } catch (UnknownHostException e) {
            throw new UpstreamException(new UpstreamFailure.Unreachable(name + " isn't known by that name"));
        }
    }
}
