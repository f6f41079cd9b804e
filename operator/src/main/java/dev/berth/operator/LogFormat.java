package dev.berth.operator;

import ch.qos.logback.core.PropertyDefinerBase;
import java.util.List;

/** Tells `logback.xml` which of `log-text.xml` and `log-json.xml` to include. An unknown format is logged as text, so that its refusal can be read. */
public final class LogFormat extends PropertyDefinerBase {
    static final String TEXT = "text";
    static final String JSON = "json";
    static final List<String> ALL = List.of(TEXT, JSON);

    @Override
    public String getPropertyValue() {
        return JSON.equals(OperatorVariable.BERTH_LOG_FORMAT.in(System.getenv())) ? JSON : TEXT;
    }
}
