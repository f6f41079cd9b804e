/** How tools for GitOps see Berth's objects: Argo CD by the shipped script, Flux by kstatus' rules. */
@NullMarked
package dev.berth.operator.gitops;

import org.jspecify.annotations.NullMarked;
