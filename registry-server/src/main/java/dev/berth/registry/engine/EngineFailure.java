package dev.berth.registry.engine;

/** Why a Docker Engine did not do what it was asked for. The sentence says what to do, and has no password in it. */
public sealed interface EngineFailure {
    String sentence();

    /** The address, the context or a file for TLS can't be used, so no engine was asked. */
    record Misconfigured(String sentence) implements EngineFailure {}

    /** Nothing answers at the address, or it is not a Docker Engine. */
    record Away(String sentence) implements EngineFailure {}

    /** This user may not open the engine's socket. */
    record AccessDenied(String sentence) implements EngineFailure {}

    /** The engine and this client don't accept each other's certificates, or only one of them speaks TLS. */
    record TlsRefused(String sentence) implements EngineFailure {}

    /** The engine's versions of the API and those that Berth knows have none in common. */
    record WrongVersion(String sentence) implements EngineFailure {}

    /** A registry refuses the login, or asks for one. */
    record LoginRefused(String sentence) implements EngineFailure {}

    /** Neither the engine nor the registry has the image. */
    record ImageMissing(String sentence) implements EngineFailure {}

    /** The engine has no such container. */
    record ContainerMissing(String sentence) implements EngineFailure {}

    /** The engine has no such volume, network or anything else. */
    record OtherMissing(String sentence) implements EngineFailure {}

    /** The engine refuses for another reason, or a registry does. */
    record Refused(String sentence) implements EngineFailure {}

    /** The answer ended too early, is too long, or is none that an engine gives. */
    record Broken(String sentence) implements EngineFailure {}
}
