package dev.berth.operator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An operator for the tests of a class, with the rights of its ServiceAccount; can be stopped and started between. After the tests, it must have
 * asked for nothing that no role allows.
 */
final class RunningOperator implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> environment;
    private @Nullable BerthOperator operator;
    private final NothingForbidden rights = new NothingForbidden();

    /** An operator that watches the whole cluster. */
    RunningOperator() {
        this.environment = Map.of("BERTH_PORT", "0");
    }

    /** An operator that is limited to namespaces. */
    RunningOperator(String namespaces) {
        this.environment = Map.of("BERTH_PORT", "0", "BERTH_WATCH_NAMESPACES", namespaces);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        rights.beforeAll(context);
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
        rights.afterAll(context);
    }

    /** The operator's requests since before the first test, except for watches that are still open. */
    List<AuditLine> requests() {
        return rights.requests();
    }

    void start() {
        operator = BerthOperator.start(
                OperatorSettings.from(environment), ApiServer.running().operatorConfig());
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
