/** Users and passwords of a Registry, the Secrets that hold them, and how the pull secret gets into other namespaces and service accounts. */
@NullMarked
package dev.berth.operator.pullsecret;

import org.jspecify.annotations.NullMarked;
