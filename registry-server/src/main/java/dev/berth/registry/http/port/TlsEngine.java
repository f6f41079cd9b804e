package dev.berth.registry.http.port;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * The TLS engine of a port. BoringSSL takes half to three quarters of the time of Java's own TLS (ADR 12); its library for Linux on x86_64 is
 * part of the server. {@link PlainHttpRefusal} answers clients that speak plain HTTP to the port.
 */
final class TlsEngine extends SSLEngineOptions {
    private final SSLEngineOptions engine;

    private TlsEngine(SSLEngineOptions engine) {
        super(engine);
        this.engine = engine;
    }

    static TlsEngine ofThisMachine() {
        return new TlsEngine(
                OpenSSLEngineOptions.isAvailable() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions());
    }

    @Override
    public TlsEngine copy() {
        return new TlsEngine(engine.copy());
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new Factory(engine.sslContextFactory());
    }

    /** Makes TLS contexts for servers by the engine's own factory. */
    private record Factory(SslContextFactory own) implements SslContextFactory {
        @Override
        public SslContextFactory useAlpn(boolean useAlpn) {
            return new Factory(own.useAlpn(useAlpn));
        }

        @Override
        public SslContextFactory forServer(ClientAuth clientAuth) {
            return new Factory(own.forServer(clientAuth));
        }

        @Override
        public SslContextFactory enabledProtocols(Set<String> protocols) {
            return new Factory(own.enabledProtocols(protocols));
        }

        @Override
        public SslContextFactory enabledCipherSuites(Set<String> suites) {
            return new Factory(own.enabledCipherSuites(suites));
        }

        @Override
        public SslContextFactory applicationProtocols(List<String> protocols) {
            return new Factory(own.applicationProtocols(protocols));
        }

        @Override
        public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
            return new Factory(own.keyMananagerFactory(keys));
        }

        @Override
        public SslContextFactory trustManagerFactory(TrustManagerFactory trust) {
            return new Factory(own.trustManagerFactory(trust));
        }

        @Override
        public SslContext create() throws SSLException {
            return new PlainHttpRefusal(own.create());
        }
    }
}
