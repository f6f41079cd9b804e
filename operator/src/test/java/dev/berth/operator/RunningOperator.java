package dev.berth.operator;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An operator for the tests of a class, with the rights of its ServiceAccount; can be stopped and started between. */
final class RunningOperator implements BeforeAllCallback, AfterAllCallback {
    private @Nullable BerthOperator operator;

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    void start() {
        operator = BerthOperator.start(
                OperatorSettings.from(Map.of("BERTH_PORT", "0")),
                ApiServer.running().operatorConfig());
    }

    void stop() {
        if (operator != null) {
            operator.close();
        }
    }

    int port() {
        return operator == null ? 0 : operator.port();
    }
}
