package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.engine.EngineFailure;

/** The exit codes that tell apart why an engine did not do what it was asked for, and their lines in the help. */
final class EngineExit {
    static final String FAILED = "1:Docker refuses, or its answer can't be used";
    static final String AWAY =
            "5:no Docker Engine can be used: none answers, this user may not open its socket, or TLS or versions don't fit";
    static final String LOGIN = "6:a registry refuses the login, or asks for one";
    static final String MISSING = "7:there is no such image or container";

    private static final int CODE_FAILED = 1;
    private static final int CODE_USAGE = Integer.parseInt(ExitCodes.USAGE.substring(0, 1));
    private static final int CODE_AWAY = 5;
    private static final int CODE_LOGIN = 6;
    private static final int CODE_MISSING = 7;

    private EngineExit() {}

    static int code(EngineFailure failure) {
        return switch (failure) {
            case EngineFailure.Misconfigured _ -> CODE_USAGE;
            case EngineFailure.Away _,
                    EngineFailure.AccessDenied _,
                    EngineFailure.TlsRefused _,
                    EngineFailure.WrongVersion _ -> CODE_AWAY;
            case EngineFailure.LoginRefused _ -> CODE_LOGIN;
            case EngineFailure.ImageMissing _, EngineFailure.ContainerMissing _, EngineFailure.OtherMissing _ ->
                CODE_MISSING;
            case EngineFailure.Refused _, EngineFailure.Broken _ -> CODE_FAILED;
        };
    }
}
