/** What every custom resource needs: its status and its events, the pause, wake-ups, and the objects that its spec refers to. Knows no kind of Berth's. */
@NullMarked
package dev.berth.operator.resource;

import org.jspecify.annotations.NullMarked;
