package dev.berth.registry.node;

/**
 * Which part of the list of hosts a file is. The operator cuts the list into a fixed number of files, because a ConfigMap holds 1 MiB.
 *
 * @param number of this part, from 0
 * @param count of all parts
 * @param sequence grows with each write of this part; 0 for a file that somebody wrote by hand
 */
record Shard(int number, int count, long sequence) {
    /** A file that is the whole list. */
    static final Shard WHOLE = new Shard(0, 1, 0);
}
