package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server itself does with Berth's kinds: it fills in defaults, and refuses what makes no sense. */
final class SchemaIT {
    private static final Scene SCENE = Scene.in("schema");
    private static final String VOLUME = "storage: {persistentVolumeClaim: {size: 20Gi}}";

    @Test
    void a_spec_of_one_line_is_filled_in() {
        var registry = (GenericKubernetesResource) SCENE.apply(registry("defaults", VOLUME));
        assertThat(registry.<Map<String, Object>>get("spec"))
                .containsEntry("replicas", 1)
                .containsEntry("access", Map.of("anonymousPull", false))
                .containsEntry("exposure", Map.of("type", "ClusterIP"))
                .containsEntry("nodes", Map.of("enabled", true))
                .containsEntry("storage", Map.of("persistentVolumeClaim", Map.of("size", "20Gi", "retain", true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'storage: {}' | storage needs exactly one of persistentVolumeClaim and s3",
                "'storage: {persistentVolumeClaim: {size: 1Gi}, s3: {bucket: images}}' | storage needs exactly one of persistentVolumeClaim and s3",
                "'storage: {persistentVolumeClaim: {size: lots}}' | a size is a positive quantity",
                "'storage: {persistentVolumeClaim: {size: -1Gi}}' | a size is a positive quantity",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nreplicas: 2' | more than one replica needs storage.s3 and metadata.postgresql",
                "'storage: {s3: {bucket: images}}\nreplicas: 2' | more than one replica needs storage.s3 and metadata.postgresql",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nreplicas: 0' | spec.replicas",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\npullSecrets: {namespaces: {names: [a], selector: {}}}' | exactly one of names and selector",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {rules: [{subjects: [{}], repositories: [a], actions: [pull]}]}' | exactly one of user, serviceAccount and issuer",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {rules: [{subjects: [{user: a}], repositories: [a], actions: [eat]}]}' | actions",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {users: [{name: push, passwordSecretRef: {name: a}}]}' | every Registry has the users pull and push already; choose another name",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {users: [{name: ci}]}' | a user needs exactly one of passwordSecretRef and htpasswdSecretRef",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {users: [{name: ci, passwordSecretRef: {name: a}, htpasswdSecretRef: {name: a}}]}' | a user needs exactly one of passwordSecretRef and htpasswdSecretRef",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {users: [{name: ci, passwordSecretRef: {name: a}}, {name: ci, passwordSecretRef: {name: b}}]}' | .spec.access.users: duplicate entries for key",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {users: [{name: \"a:b\", passwordSecretRef: {name: a}}]}' | spec.access.users[0].name",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://issuer.example\"}], rules: [{subjects: [{issuer: {name: gl, claims: {repository: a}}}], repositories: [a], actions: [push]}]}' | a rule names an issuer that spec.access.issuers does not have",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {rules: [{subjects: [{issuer: {name: gh, claims: {repository: a}}}], repositories: [a], actions: [push]}]}' | a rule names an issuer that spec.access.issuers does not have",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://issuer.example\"}], rules: [{subjects: [{issuer: {name: gh, claims: {}}}], repositories: [a], actions: [push]}]}' | claims let in everybody whom the issuer knows",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://issuer.example\"}], rules: [{subjects: [{issuer: {name: gh, claims: {repository: \"**\", ref: \"*\"}}}], repositories: [a], actions: [push]}]}' | claims let in everybody whom the issuer knows",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://issuer.example\"}], rules: [{subjects: [{issuer: {name: gh}}], repositories: [a], actions: [push]}]}' | claims",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://issuer.example\"}], rules: [{subjects: [{issuer: {name: gh, claims: {\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\": a}}}], repositories: [a], actions: [push]}]}' | the name of a claim has at most 128 characters",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://issuer.example\"}], rules: [{subjects: [{issuer: {name: gh, claims: {a: b}}, user: push}], repositories: [a], actions: [push]}]}' | exactly one of user, serviceAccount and issuer",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://a..b\"}]}' | spec.access.issuers[0].issuer",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://host.1x\"}]}' | spec.access.issuers[0].issuer",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://a.example?x=y\"}]}' | spec.access.issuers[0].issuer",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://a.example\", audience: \" \"}]}' | spec.access.issuers[0].audience",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"http://issuer.example\"}]}' | spec.access.issuers[0].issuer",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://u@issuer.example\"}]}' | spec.access.issuers[0].issuer",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {issuers: [{name: gh, issuer: \"https://a.example\"}, {name: gh, issuer: \"https://b.example\"}]}' | .spec.access.issuers: duplicate entries for key",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {nodePort: 30000}' | nodePort is only allowed with type NodePort",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {type: Ingress}' | exposure types Ingress and Gateway need hostnames",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {type: Gateway}' | gatewayRef is required with type Gateway",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {type: ClusterIP, externalTrafficPolicy: Local}' | externalTrafficPolicy is only allowed with types NodePort and LoadBalancer",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {type: NodePort, externalTrafficPolicy: Near}' | externalTrafficPolicy",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {type: NodePort, loadBalancerSourceRanges: [10.0.0.0/8]}' | loadBalancerSourceRanges is only allowed with type LoadBalancer",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0]}' | write each range as an address and the number of its fixed bits",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/33]}' | write each range as an address and the number of its fixed bits",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {trustedProxies: [10.0.0.256]}' | write each proxy as an address or a range",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {trustedProxies: [proxy.example.com]}' | write each proxy as an address or a range",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {type: Gateway, gatewayRef: {name: front}}' | exposure types Ingress and Gateway need hostnames",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {route: TLS}' | route is only allowed with type Gateway",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nhostnames: [a.example]\nexposure: {type: Gateway, gatewayRef: {name: front}, route: UDP}' | route",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nhostnames: [a.example]\nexposure: {type: Gateway, gatewayRef: {name: front, sectionName: \"a b\"}}' | sectionName",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nhostnames: [\"not a name\"]' | spec.hostnames",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nsotrage: {}' | sotrage",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\naccess: {rules: []}' | leave it out for the default rules",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nretention: {untaggedFor: 1m1h}' | hours, minutes and seconds in this order",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nretention: {tags: [{repositories: [a], newest: 3000000000}]}' | newest",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\npodTemplate: {resources: {limits: {memory: lots}}}' | podTemplate.resources.limits",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nquota: {size: 1e400}' | quota.size",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\npullSecrets: {rotation: {interval: 30d}}' | hours, minutes and seconds in this order",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\npullSecrets: {rotation: {interval: 10m, overlap: 1m}}' | the smallest interval is 1h",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\npullSecrets: {rotation: {interval: 2h}}' | overlap is at least 1m, so that no pull fails, and at most as long as interval",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\npullSecrets: {rotation: {interval: 2h, overlap: soon}}' | hours, minutes and seconds in this order",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\npodTemplate: {env: [{name: JDK_JAVA_OPTIONS, value: a}]}' | this variable changes how the server itself runs",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\npodTemplate: {env: [{name: \"a b\"}]}' | spec.podTemplate.env[0].name",
                "'storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: \"../../x\"}}' | storageClassName",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\ntls: {secretRef: {name: \"a?b\"}}' | tls.secretRef.name",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nnodes: {preload: [web]}' | spec.nodes.preload[0]",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nnodes: {preload: [\"apps.team-a.svc/Web:1\"]}' | spec.nodes.preload[0]",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nnodes: {preload: [\"../../etc:1\"]}' | spec.nodes.preload[0]",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nnodes: {preload: [\"**:1\"]}' | spec.nodes.preload[0]",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nnodes: {selector: {matchLabels: {zone: a}}}' | name images in preload, or leave selector out",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nnodes: {preload: [\"web:1\"], selector: {zone: a}}' | zone",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nnodes: {preload: [\"web:1\"], selector: {matchExpressions: [{key: zone, operator: Near}]}}' | operator",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nnodes: {preload: [\"web:1\"], selector: {matchExpressions: [{key: zone, operator: In}]}}' | In and NotIn need values",
                "'storage: {persistentVolumeClaim: {size: 1Gi}}\nnodes: {preload: [\"web:1\"], selector: {matchExpressions: [{key: zone, operator: Exists, values: [a]}]}}' | Exists and DoesNotExist take none"
            })
    void what_makes_no_sense_is_refused_in_a_sentence(String spec, String sentence) {
        assertThatThrownBy(() -> SCENE.apply(registry("refused", spec)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'storage: {persistentVolumeClaim: {size: 19Gi}}' | its size can be set back only while its PersistentVolumeClaim has not been expanded",
                "'storage: {persistentVolumeClaim: {size: 20Gi, storageClassName: other}}' | storageClassName cannot change",
                "'storage: {s3: {bucket: images}}' | move between a volume and an object store"
            })
    void what_can_t_change_is_refused(String change, String sentence) {
        SCENE.apply(registry("changing", VOLUME));
        assertThatThrownBy(() -> SCENE.apply(registry("changing", change))).hasMessageContaining(sentence);
        SCENE.apply(registry("changing", VOLUME + "\nhostnames: [registry.example.com]"));
    }

    @Test
    void a_name_that_would_fit_no_service_is_refused() {
        assertThatThrownBy(() -> SCENE.apply(registry("a".repeat(41), VOLUME))).hasMessageContaining("at most 40");
        assertThatThrownBy(() -> SCENE.apply(registry("a.b", VOLUME)))
                .hasMessageContaining("the name becomes a Service");
    }

    @Test
    void a_mirror_is_filled_in_and_checked_too() {
        var mirror = """
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: hub}
                spec:
                  registryRef: {name: apps}
                  upstream: {host: docker.io}
                """;
        var filled = (GenericKubernetesResource) SCENE.apply(mirror);
        assertThat(filled.<Map<String, Object>>get("spec"))
                .containsEntry("mode", "OnDemand")
                .containsEntry("interval", "1h")
                .containsEntry("tagMovePolicy", "Follow");
        assertThat(filled.<Map<String, Object>>get("spec"))
                .containsEntry("paused", false)
                .containsEntry("servePrivateImagesToAnyone", false);
        assertThatThrownBy(() -> SCENE.apply(mirror + "  mode: Scheduled\n"))
                .hasMessageContaining("mode Scheduled needs images: the repositories to copy");
        assertThatThrownBy(() -> SCENE.apply(
                        mirror + "  images: [{repository: library/nginx, tags: {regex: '1.*', semver: '>=1'}}]\n"))
                .hasMessageContaining("select tags by at most one of names, regex and semver");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'upstream: {host: docker.io}\nservePrivateImagesToAnyone: true' | servePrivateImagesToAnyone needs upstream.credentialsSecretRef",
                "'upstream: {host: docker.io}\ninterval: 5s' | an interval is at least 10s",
                "'upstream: {host: docker.io}\ninterval: 1h1h' | an interval is written as hours, minutes and seconds in this order",
                "'upstream: {host: docker.io}\ninterval: \"90\"' | an interval is written as hours, minutes and seconds",
                "'upstream: {host: docker.io}\nimages: [{repository: a/b, tags: {newest: 3000000000}}]' | newest",
                "'upstream: {host: docker.io}\nimages: []' | leave it out to mirror every image",
                "'upstream: {host: docker.io}\nimages: [{repository: a, tags: {names: []}}]' | leave it out to keep all tags",
                "'upstream: {host: docker.io}\nimages: [{repository: a, platforms: []}]' | leave it out to keep all platforms",
                "'upstream: {host: docker.io}\nquota: {size: 0}' | a size is a positive quantity",
                "'upstream: {host: docker.io}\nmode: Scheduled\nimages: [{repository: library/*}]' | mode Scheduled needs repositories by name",
                "'upstream: {host: docker.io}\nimages: [{repository: a//b}]' | spec.images[0].repository",
                "'upstream: {host: docker.io}\nimages: [{repository: a, tags: {names: [\"no tag\"]}}]' | spec.images[0].tags.names[0]",
                "'upstream: {host: \"docker.io:99999\"}' | spec.upstream.host",
                "'upstream: {host: a..b}' | spec.upstream.host",
                "'upstream: {host: docker.io, url: \"https://a.example/path\"}' | spec.upstream.url",
                "'upstream: {host: a.example, url: \"http://a.example\", credentialsSecretRef: {name: login}}' | credentials are sent over https only",
                "'upstream: {host: apps.team-b.svc}\nnodes: {enabled: true}' | its name belongs to the Registry that runs there",
                "'upstream: {host: \"apps.team-b.svc:443\"}\nnodes: {enabled: true}' | its name belongs to the Registry that runs there",
                "'upstream: {host: apps.team-b.svc.cluster.local}\nnodes: {enabled: true}' | its name belongs to the Registry that runs there",
                "'upstream: {host: docker.io}\nnodes: {preload: [\"library/nginx:1\"]}' | preload needs enabled: true",
                "'upstream: {host: docker.io}\nnodes: {enabled: true, preload: [\"docker.io:443/library/nginx:1\"]}' | spec.nodes.preload[0]",
                "'upstream: {host: docker.io}\nnodes: {enabled: true, selector: {}}' | name images in preload, or leave selector out"
            })
    void a_mirror_that_makes_no_sense_is_refused_in_a_sentence(String spec, String sentence) {
        assertThatThrownBy(() -> SCENE.apply(mirror("refused", spec)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(sentence);
    }

    /** The upstream's host becomes a folder on every node, so it has to be nothing but a host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc",
                "..",
                ".",
                "_default",
                "a/../b",
                "docker.io/../../etc",
                "/etc/containerd",
                "docker.io\\n",
                "docker.io ",
                "Docker.io",
                "döcker.io",
                "docker\u200b.io",
                "docker.io%2f",
                "-docker.io",
                "docker..io",
                "docker.io.",
                "docker.io:",
                "docker.io:0",
                "docker.io:70000",
                "user@docker.io",
                "https://docker.io",
                "[::1]",
                "*.docker.io",
                "hosts.toml/"
            })
    void an_upstream_that_is_no_host_name_never_reaches_a_node(String host) {
        assertThatThrownBy(() -> SCENE.apply(mirror("hostile", "upstream: {host: \"" + host + "\"}")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.upstream.host");
    }

    @Test
    void images_to_preload_and_a_selector_of_nodes_are_kept_as_they_were_written() {
        var nodes = Map.of(
                "enabled",
                true,
                "preload",
                List.of("web:1", "team-b/job@sha256:" + "0".repeat(64)),
                "selector",
                Map.of(
                        "matchLabels",
                        Map.of("kubernetes.io/os", "linux"),
                        "matchExpressions",
                        List.of(Map.of("key", "zone", "operator", "In", "values", List.of("a", "b")))));
        var registry =
                (GenericKubernetesResource) SCENE.apply(registry("preload", VOLUME + """

                nodes:
                  preload: ["web:1", "team-b/job@sha256:%s"]
                  selector:
                    matchLabels: {kubernetes.io/os: linux}
                    matchExpressions: [{key: zone, operator: In, values: [a, b]}]
                """.formatted("0".repeat(64))));
        assertThat(registry.<Map<String, Object>>get("spec")).containsEntry("nodes", nodes);
    }

    @Test
    void more_images_than_fit_are_refused_with_their_number() {
        var images = Collections.nCopies(51, "\"web:1\"");
        assertThatThrownBy(() -> SCENE.apply(registry("many", VOLUME + "\nnodes: {preload: " + images + "}")))
                .hasMessageContaining("spec.nodes.preload")
                .hasMessageContaining("must have at most 50 items");
    }

    @Test
    void an_object_without_a_spec_is_refused() {
        for (var kind : List.of("ImageMirror", "Registry")) {
            assertThatThrownBy(() -> SCENE.apply("""
                            apiVersion: berth.dev/v1alpha1
                            kind: %s
                            metadata: {name: x}
                            """.formatted(kind))).hasMessageContaining("spec: Required value");
        }
    }

    @Test
    void a_mirror_does_not_move() {
        SCENE.apply(mirror("stays", "upstream: {host: quay.io}"));
        assertThatThrownBy(() -> SCENE.apply(mirror("stays", "upstream: {host: gcr.io}")))
                .hasMessageContaining("registryRef.name and upstream.host cannot change");
    }

    private static String mirror(String name, String spec) {
        return """
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: %s}
                spec:
                  registryRef: {name: apps}
                %s
                """.formatted(name, spec.indent(2));
    }

    private static String registry(String name, String spec) {
        return """
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata: {name: %s}
                spec:
                %s
                """.formatted(name, spec.indent(2));
    }
}
