/**
 * kubelet's image credential provider: kubelet runs it at each pull of a pod, and sends the pod's own service account token as the password. The
 * agent keeps its files on the node.
 */
package dev.berth.registry.node.credentials;
