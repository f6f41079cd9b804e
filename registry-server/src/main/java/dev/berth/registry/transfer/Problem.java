package dev.berth.registry.transfer;

/**
 * Something that could not be transferred as it is. The transfer goes on without it.
 *
 * @param where    the image or blob, such as `team/web:1` or `team/web@sha256:ab12…`
 * @param sentence what is wrong with it and what that means
 */
public record Problem(String where, String sentence) {
    @Override
    public String toString() {
        return where + ": " + sentence;
    }
}
