package dev.berth.registry.node;

/**
 * Which part of the list of hosts a file is. The operator splits the list into a fixed number of files, because a ConfigMap holds 1 MiB at
 * most.
 *
 * @param number the number of this part, from 0
 * @param count the number of parts
 * @param sequence grows each time that the operator writes this part; 0 for a file written by hand
 */
record Shard(int number, int count, long sequence) {
    /** The part number of a file that is the whole list. */
    static final Shard WHOLE = new Shard(0, 1, 0);
}
