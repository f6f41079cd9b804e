package dev.berth.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.stream.Stream;

/** Specs as people write them: the shortest, those with every field, and those with objects in which everything is left out. */
final class Specs {
    static final String SHORTEST_REGISTRY = "{storage: {persistentVolumeClaim: {size: 20Gi}}}";
    static final String SHORTEST_MIRROR = "{registryRef: {name: apps}, upstream: {host: docker.io}}";

    static final String WHOLE_REGISTRY = """
            storage:
              s3:
                endpoint: https://minio.storage:9000
                bucket: images
                region: eu-1
                prefix: apps/
                pathStyle: true
                credentialsSecretRef: {name: bucket}
            metadata:
              postgresql: {host: db, port: 5433, database: apps, credentialsSecretRef: {name: db}, sslMode: VerifyCa}
            replicas: 2
            access:
              anonymousPull: true
              users:
              - {name: ci, passwordSecretRef: {name: ci, key: token}}
              - {name: ann@example.com, htpasswdSecretRef: {name: people}}
              issuers:
              - {name: github, issuer: "https://token.example.com/x", audience: apps, caRef: {name: ca}}
              rules:
              - subjects:
                - {user: ci}
                - {serviceAccount: {namespace: team-a, name: default}}
                - {issuer: {name: github, claims: {repository: acme/*, ref: refs/heads/main}}}
                repositories: [web, "team-b/**"]
                actions: [pull, push, delete]
            pullSecrets:
              namespaces: {selector: {}}
              attachToServiceAccounts: [default]
              rotation: {interval: 720h, overlap: 48h}
            tls: {secretRef: {name: own}}
            exposure:
              type: Gateway
              gatewayRef: {name: edge, namespace: infra}
              annotations: {example.com/a: b}
            hostnames: [registry.example.com]
            nodes:
              enabled: false
              selector: {matchLabels: {zone: a}, matchExpressions: [{key: disk, operator: NotIn, values: [slow]}]}
              preload: ["web:1"]
            retention:
              untaggedFor: 168h
              tags: [{repositories: [web], newest: 3, pushedWithin: 720h, matching: "v.*"}]
            quota: {size: 1.5Ti}
            podTemplate:
              labels: {a: b}
              annotations: {c: d}
              resources: {requests: {cpu: 100m}, limits: {memory: 1Gi}}
              nodeSelector: {disk: ssd}
              tolerations: [{key: gpu, operator: Exists}]
              affinity:
                nodeAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: Exists}]}]
              priorityClassName: high
              topologySpreadConstraints:
              - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}
              imagePullSecrets: [{name: images}]
              env: [{name: HTTPS_PROXY, value: "http://proxy.example.com:3128"}]
            """;

    static final String WHOLE_MIRROR = """
            registryRef: {name: apps}
            upstream:
              host: docker.io
              url: https://mirror.example.com
              credentialsSecretRef: {name: hub}
              realms: [auth.example.com]
              caRef: {name: ca}
            mode: Scheduled
            images:
            - {repository: library/nginx, tags: {names: ["1.27"], newest: 3}, platforms: [linux/amd64]}
            - {repository: library/redis, tags: {semver: ">=7"}}
            - {repository: library/alpine, tags: {regex: "3.*"}}
            interval: 30m
            includeReferrers: true
            tagMovePolicy: Keep
            prune: true
            servePrivateImagesToAnyone: true
            paused: true
            nodes:
              enabled: true
              selector: {matchExpressions: [{key: gpu, operator: Exists}]}
              preload: ["library/nginx:1.27"]
            quota: {size: 100Gi}
            anonymousFetchFromOutside: true
            """;

    private Specs() {}

    static Stream<String> registries() {
        return Stream.of(
                SHORTEST_REGISTRY,
                WHOLE_REGISTRY,
                "{storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: fast, retain: false}}, access: {},"
                        + " pullSecrets: {}, tls: {}, exposure: {}, nodes: {}, podTemplate: {}, retention: {}, metadata: {}}",
                "{storage: {s3: {bucket: images}},"
                        + " metadata: {postgresql: {host: db, credentialsSecretRef: {name: db}}},"
                        + " podTemplate: {resources: {}}, pullSecrets: {namespaces: {names: [team-b]}}}");
    }

    static Stream<String> mirrors() {
        return Stream.of(
                SHORTEST_MIRROR,
                WHOLE_MIRROR,
                "{registryRef: {name: apps}, upstream: {host: docker.io}, nodes: {},"
                        + " images: [{repository: library/*, tags: {}}]}",
                "{registryRef: {name: apps}, upstream: {host: docker.io}, images: [{repository: library/nginx}]}");
    }

    /** Reads a spec as a client would: as part of an object. */
    static JsonNode json(String yaml) {
        var spec = yaml.startsWith("{") ? " " + yaml : "\n" + yaml.indent(2);
        return new KubernetesSerialization()
                .unmarshal("spec:" + spec, JsonNode.class)
                .get("spec");
    }
}
