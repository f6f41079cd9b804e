/**
 * The Kubernetes API of Berth, group `berth.dev`, version `v1alpha1`: what a user writes and what the operator answers.
 *
 * <p>The records here are the source; the CRD YAML beside this module's pom is generated from them. Every field's
 * description is what `kubectl explain` prints. Defaults stand in the schema, so that the API server fills them in and
 * a user sees them; a record's compact constructor repeats them for an object that never was on an API server.
 */
@NullMarked
package dev.berth.v1alpha1;

import org.jspecify.annotations.NullMarked;
