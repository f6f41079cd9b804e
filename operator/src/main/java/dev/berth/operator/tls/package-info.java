/** The Secrets and the ConfigMap with the certificates of a Registry, and the condition that judges a certificate that a user brings. */
@NullMarked
package dev.berth.operator.tls;

import org.jspecify.annotations.NullMarked;
