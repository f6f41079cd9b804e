package dev.berth.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;

/**
 * The health that Argo CD shows for an object: the status and the message that a script returns for the global `obj`.
 *
 * @param status `Healthy`, `Progressing`, `Degraded`, `Suspended` or another word that Argo CD does not know
 */
public record ArgoCdHealth(String status, String message) {
    public static final Path SCRIPT = Path.of("..", "deploy", "gitops", "argo-cd", "health.lua");

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    /** Runs the shipped script on an object as the API server gives it. */
    public static ArgoCdHealth of(JsonNode object) {
        try {
            return run(Files.readString(SCRIPT), object);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Runs a script on an object that fabric8 has read or made. */
    public static ArgoCdHealth of(Object object) {
        return of(JSON.convertValue(object, JsonNode.class));
    }

    private static ArgoCdHealth run(String script, JsonNode object) {
        var globals = new Globals();
        globals.load(new BaseLib());
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("obj", lua(object));
        var health = globals.load(script, "health.lua").call();
        return new ArgoCdHealth(
                health.get("status").checkjstring(), health.get("message").checkjstring());
    }

    private static LuaValue lua(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                var table = new LuaTable();
                json.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
                yield table;
            }
            case ARRAY -> {
                var list = new LuaTable();
                json.forEach(item -> list.set(list.length() + 1, lua(item)));
                yield list;
            }
            case NUMBER -> LuaValue.valueOf(json.doubleValue());
            case BOOLEAN -> LuaValue.valueOf(json.booleanValue());
            case STRING -> LuaValue.valueOf(json.textValue());
            default -> LuaValue.NIL;
        };
    }
}
