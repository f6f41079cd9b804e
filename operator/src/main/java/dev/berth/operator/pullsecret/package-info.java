/** What lets clients in: users and their passwords, Docker's configuration file, and where copies of it go. Knows no cluster. */
@NullMarked
package dev.berth.operator.pullsecret;

import org.jspecify.annotations.NullMarked;
