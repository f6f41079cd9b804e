package dev.berth.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.operator.random.RandomObjects;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Gives objects to the API server as a user would, in turns to some namespaces, and keeps count of what becomes of them. */
final class RandomFeed {
    private static final int MOST_FOR_ONE = 200;

    private final KubernetesClient admin = ApiServer.running().admin();
    private final List<String> namespaces;
    private final List<String> accepted = new ArrayList<>();
    private int made;
    private int refused;

    RandomFeed(List<String> namespaces) {
        this.namespaces = namespaces;
    }

    /** Makes objects until so many were accepted. */
    void untilAccepted(int count, RandomObjects objects, Function<String, ObjectNode> maker) {
        var enough = accepted.size() + count;
        for (int tries = 0; accepted.size() < enough; tries++) {
            if (tries > count * MOST_FOR_ONE) {
                throw new AssertionError(
                        "the API server accepts hardly any " + objects.kind() + " that the schema allows");
            }
            give(objects, maker);
        }
    }

    /** Makes so many objects, whatever becomes of them. */
    void all(int count, RandomObjects objects, Function<String, ObjectNode> maker) {
        for (int i = 0; i < count; i++) {
            give(objects, maker);
        }
    }

    /** What the API server has taken, as `kind namespace/name`. */
    List<String> accepted() {
        return Collections.unmodifiableList(accepted);
    }

    private void give(RandomObjects objects, Function<String, ObjectNode> maker) {
        var namespace = namespaces.get(made % namespaces.size());
        var name = objects.plural() + "-" + made / namespaces.size();
        made++;
        try {
            admin.raw(
                    "/apis/berth.dev/v1alpha1/namespaces/" + namespace + "/" + objects.plural(),
                    "POST",
                    maker.apply(name).toString());
            accepted.add(objects.kind() + " " + namespace + "/" + name);
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() < 400 || refusal.getCode() >= 500) {
                throw refusal;
            }
            refused++;
        }
    }

    @Override
    public String toString() {
        return made + " objects made, " + accepted.size() + " accepted, " + refused + " refused";
    }
}
