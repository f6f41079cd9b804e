package dev.berth.operator;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What is in the log of the operator with an exception that nobody made on purpose: a fault of the program, not of an object. */
final class UnexpectedFaults extends AppenderBase<ILoggingEvent> implements BeforeAllCallback, AfterAllCallback {
    private static final int MOST = 1000;

    /** Tells of connections that end while the operator stops. */
    private static final String CONNECTIONS = "io.fabric8.kubernetes.client.jdkhttp";

    private final List<String> faults = new CopyOnWriteArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
        root().addAppender(this);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        root().detachAppender(this);
        stop();
    }

    /** The first thousand, a line each. */
    List<String> all() {
        return List.copyOf(faults);
    }

    @Override
    protected void append(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        if (thrown == null
                || event.getLoggerName().startsWith(CONNECTIONS)
                || thrown.getClassName().equals(KubernetesClientException.class.getName())
                || faults.size() >= MOST) {
            return;
        }
        var frames = thrown.getStackTraceElementProxyArray();
        faults.add(event.getFormattedMessage() + ": " + thrown.getClassName() + ": " + thrown.getMessage()
                + (frames.length == 0 ? "" : " " + frames[0].getSTEAsString()));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
