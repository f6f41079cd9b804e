/**
 * Client of the Container Runtime Interface: the API by which kubelet drives containerd, CRI-O and cri-dockerd, gRPC over a unix socket. Only
 * what the node agent needs of it is here. Method names and field numbers are those of `runtime.v1`, from `k8s.io/cri-api` v0.34.1,
 * `pkg/apis/runtime/v1/api.proto`.
 */
package dev.berth.registry.cri;
