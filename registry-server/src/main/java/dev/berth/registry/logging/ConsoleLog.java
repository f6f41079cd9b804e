package dev.berth.registry.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/**
 * The log on standard output. Logback finds this class as its configurator, so it reads no file and parses no XML at start. The settings are
 * applied when they are known.
 */
public final class ConsoleLog extends ContextAwareBase implements Configurator {
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext logback) {
        apply(logback, LogSettings.DEFAULT);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Uses this format and level from now on. */
    public static void apply(LogSettings settings) {
        apply((LoggerContext) LoggerFactory.getILoggerFactory(), settings);
    }

    /** The log of commands, whose result is on standard output: warnings and errors only, on standard error. */
    public static void forCommands() {
        var logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        apply(logback, LogSettings.DEFAULT);
        var root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(console(logback, LogSettings.DEFAULT.format(), "System.err"));
        logback.getLogger("dev.berth").setLevel(Level.WARN);
    }

    private static void apply(LoggerContext logback, LogSettings settings) {
        var root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(console(logback, settings.format(), "System.out"));
        root.setLevel(Level.INFO);
        logback.getLogger("dev.berth").setLevel(Level.toLevel(settings.level().name()));
        logback.getLogger("access").setLevel(settings.access() ? Level.INFO : Level.OFF);
        // Libraries log warnings and errors only.
        for (var part : new String[] {"io.netty", "io.vertx", "org.flywaydb", "org.freedesktop.dbus"}) {
            logback.getLogger(part).setLevel(Level.WARN);
        }
        // It logs an error with a stack trace for each client that hangs up in the middle of a file. The sender of the
        // file is told anyway.
        logback.getLogger("io.vertx.core.net.impl.VertxConnection").setLevel(Level.OFF);
    }

    private static ConsoleAppender<ILoggingEvent> console(
            LoggerContext logback, LogSettings.Format format, String stream) {
        var encoder = encoder(format);
        encoder.setContext(logback);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(logback);
        console.setTarget(stream);
        console.setEncoder(encoder);
        console.start();
        return console;
    }

    private static Encoder<ILoggingEvent> encoder(LogSettings.Format format) {
        return switch (format) {
            case TEXT -> {
                var lines = new PatternLayoutEncoder();
                lines.setPattern(LINE);
                yield lines;
            }
            case JSON -> new JsonLine();
        };
    }
}
