package dev.berth.operator.registry;

/** A child that an earlier step made isn't there (any more); the next attempt will make it again. */
final class MissingChild extends IllegalStateException {

    MissingChild(String kind, String name) {
        super("the " + kind + " " + name + " isn't there, or can't be read");
    }
}
