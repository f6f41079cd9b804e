package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After the tests of a class, the operator must have asked for nothing that no role in `deploy/` allows it. */
public final class NothingForbidden implements BeforeAllCallback, AfterAllCallback {
    private int before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = ApiServer.running().requests().size();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(requests())
                .as("requests of the operator that no role in deploy/ allows")
                .isNotEmpty()
                .filteredOn(AuditLine::forbidden)
                .isEmpty();
    }

    /** The operator's requests since before the first test, except for watches that are still open. */
    List<AuditLine> requests() {
        var all = ApiServer.running().requests();
        return all.subList(before, all.size());
    }
}
