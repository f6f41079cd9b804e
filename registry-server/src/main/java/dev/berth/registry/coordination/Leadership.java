package dev.berth.registry.coordination;

/** The right to do a {@link Job}, until it is closed. Closing it a second time does nothing. */
public interface Leadership extends AutoCloseable {
    @Override
    void close();
}
