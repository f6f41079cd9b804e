package dev.berth.registry.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command that ran in this process, and what it printed. */
record CommandRun(int code, String out, String err) {
    static CommandRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = BerthRegistry.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }
}
