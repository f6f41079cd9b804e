package dev.berth.operator.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.network.ExternalAddresses;
import dev.berth.operator.network.ServerPorts;
import dev.berth.operator.pullsecret.Users;
import dev.berth.operator.pullsecret.UsersSecret;
import dev.berth.v1alpha1.Access;
import dev.berth.v1alpha1.Access.Action;
import dev.berth.v1alpha1.Access.Rule;
import dev.berth.v1alpha1.Access.ServiceAccountSubject;
import dev.berth.v1alpha1.Access.Subject;
import dev.berth.v1alpha1.RegistrySpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The server's configuration file, made from the spec of a Registry. The documentation of the server says what its keys mean. */
final class ServerConfiguration {
    private static final List<Rule> DEFAULT_RULES = List.of(
            new Rule(
                    List.of(Subject.ofUser(Users.PUSH)),
                    List.of("**"),
                    List.of(Action.pull, Action.push, Action.delete)),
            new Rule(List.of(Subject.ofUser(Users.PULL)), List.of("**"), List.of(Action.pull)));

    private static final ObjectWriter YAML = new ObjectMapper(YAMLFactory.builder()
                    .disable(Feature.WRITE_DOC_START_MARKER)
                    .enable(Feature.MINIMIZE_QUOTES)
                    .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .stringQuotingChecker(new NumbersQuoted())
                    .build())
            .writer();

    /** Quotes texts that YAML reads as numbers and that the library does not quote: 1e3, which may be a tag, or the digits of a hash. */
    private static final class NumbersQuoted extends StringQuotingChecker.Default {
        private static final Pattern NUMBER = Pattern.compile(
                "[-+]?([0-9][0-9_]*[.]?[0-9_]*|[.][0-9_]+)([eE][-+]?[0-9]+)?|[-+]?0[xXoObB][0-9a-fA-F_]+");

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || NUMBER.matcher(value).matches();
        }
    }

    private ServerConfiguration() {}

    /** The file as YAML. The same spec, mirrors and nodes give the same bytes. */
    static String of(RegistryNames names, RegistrySpec spec, ServerMirrors mirrors, NodePull nodes) {
        var file = new LinkedHashMap<String, Object>();
        var http = ordered("host", "0.0.0.0", "port", ServerPorts.HTTPS);
        http.put("externalPort", ServerPorts.EXTERNAL);
        var proxies = spec.exposure().trustedProxies();
        if (!proxies.isEmpty()) {
            http.put("trustedProxies", proxies);
        }
        file.put("http", http);
        file.put("management", ordered("host", "0.0.0.0", "port", ServerPorts.MANAGEMENT));
        file.put("storage", storage(spec));
        file.put("tls", ordered("certificate", ServerPod.TLS + "/tls.crt", "key", ServerPod.TLS + "/tls.key"));
        file.put("access", access(names, spec, nodes));
        if (!mirrors.entries().isEmpty()) {
            file.put("mirrors", mirrors.entries());
        }
        return asYaml(file);
    }

    private static Map<String, Object> storage(RegistrySpec spec) {
        var storage = new LinkedHashMap<String, Object>();
        storage.put("filesystem", Map.of("path", ServerPod.DATA));
        if (spec.quota() != null) {
            storage.put("maxBytes", spec.quota().bytes());
        }
        return storage;
    }

    private static String asYaml(Map<String, Object> file) {
        try {
            return YAML.writeValueAsString(file);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException("maps of texts and numbers are YAML", never);
        }
    }

    private static Map<String, Object> access(RegistryNames names, RegistrySpec spec, NodePull nodes) {
        var access = spec.access();
        var rules = new ArrayList<Map<String, Object>>();
        for (var rule : access.rules().isEmpty() ? DEFAULT_RULES : understood(access)) {
            rules.add(rule(rule));
        }
        if (!nodes.repositories().isEmpty()) {
            rules.add(rule(ofNodes(nodes)));
        }
        var section = ordered(
                "users", ServerPod.USERS + "/" + UsersSecret.HTPASSWD,
                "passwordKeys", ServerPod.USERS + "/" + UsersSecret.KEYS);
        section.put("anonymousPull", access.anonymousPull());
        section.put("rules", rules);
        if (!access.issuers().isEmpty()) {
            section.put(
                    "issuers",
                    access.issuers().stream()
                            .map(issuer -> TokenIssuers.settings(issuer, names.address()))
                            .toList());
        }
        if (IssuerFiles.areNeeded(spec)) {
            section.put("serviceAccounts", serviceAccounts(names, spec));
        }
        return section;
    }

    private static Rule ofNodes(NodePull nodes) {
        var agents = new ServiceAccountSubject(nodes.namespace(), NodePull.SERVICE_ACCOUNT);
        return new Rule(List.of(Subject.ofServiceAccount(agents)), nodes.repositories(), List.of(Action.pull));
    }

    /** Leaves out unknown users and issuers, and rules that would allow nothing, which the server would refuse. */
    private static List<Rule> understood(Access access) {
        return access.rules().stream()
                .map(rule -> new Rule(
                        rule.subjects().stream()
                                .filter(subject -> isKnown(subject, access))
                                .toList(),
                        rule.repositories(),
                        rule.actions()))
                .filter(rule -> !rule.subjects().isEmpty() && !rule.actions().isEmpty())
                .toList();
    }

    private static boolean isKnown(Subject subject, Access access) {
        if (subject.issuer() != null) {
            var name = subject.issuer().name();
            return access.issuers().stream().anyMatch(issuer -> issuer.name().equals(name));
        }
        return subject.serviceAccount() != null || Users.names(access).contains(subject.user());
    }

    private static Map<String, Object> rule(Rule rule) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put(
                "subjects",
                rule.subjects().stream().map(ServerConfiguration::subject).toList());
        entry.put("repositories", rule.repositories());
        entry.put("actions", rule.actions().stream().map(Action::name).toList());
        return entry;
    }

    private static Map<String, Object> subject(Subject subject) {
        var workload = subject.issuer();
        if (workload != null) {
            return Map.of("issuer", ordered("name", workload.name(), "claims", new TreeMap<>(workload.claims())));
        }
        var account = subject.serviceAccount();
        if (account == null) {
            return subject.user() == null ? Map.of() : Map.of("user", subject.user());
        }
        return Map.of(
                "serviceAccount",
                account.name() == null
                        ? Map.of("namespace", account.namespace())
                        : ordered("namespace", account.namespace(), "name", account.name()));
    }

    /** The service accounts of this cluster. The server reads from the API server who issues their tokens. */
    private static Map<String, Object> serviceAccounts(RegistryNames names, RegistrySpec spec) {
        var section = ordered("audience", names.address(), "kubeletAudience", names.namespaceAddress());
        var outside = ExternalAddresses.ownNames(spec.hostnames());
        if (!outside.isEmpty()) {
            section.put("otherAudiences", outside);
        }
        section.put("certificateAuthority", IssuerFiles.AUTHORITY);
        section.put("tokenFile", IssuerFiles.TOKEN);
        return section;
    }

    private static Map<String, Object> ordered(String key, Object value, String nextKey, Object nextValue) {
        var section = new LinkedHashMap<String, Object>();
        section.put(key, value);
        section.put(nextKey, nextValue);
        return section;
    }
}
