package dev.berth.operator;

import ch.qos.logback.core.PropertyDefinerBase;
import java.util.List;
import java.util.Optional;

/** Tells `logback.xml` which of `log-text.xml` and `log-json.xml` to include. An unknown format is logged as text, so that its refusal can be read. */
public final class LogFormat extends PropertyDefinerBase {
    static final String TEXT = "text";
    static final String JSON = "json";
    static final List<String> ALL = List.of(TEXT, JSON);
    static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    @Override
    public String getPropertyValue() {
        var format = Optional.ofNullable(System.getProperty(OperatorVariable.BERTH_LOG_FORMAT.name()))
                .orElseGet(() -> System.getenv(OperatorVariable.BERTH_LOG_FORMAT.name()));
        return JSON.equals(format) ? JSON : TEXT;
    }

    /** Makes the log as the settings say. Has no effect after the first logger was made. */
    static void use(SettingSources sources) {
        for (var variable : List.of(
                OperatorVariable.BERTH_LOG_FORMAT,
                OperatorVariable.BERTH_LOG_LEVEL,
                OperatorVariable.BERTH_SDK_LOG_LEVEL)) {
            System.setProperty(variable.name(), sources.text(variable)); // logback.xml prefers it to the environment
        }
    }
}
