/** Tests of users, their files, and where copies go. */
@NullMarked
package dev.berth.operator.pullsecret;

import org.jspecify.annotations.NullMarked;
