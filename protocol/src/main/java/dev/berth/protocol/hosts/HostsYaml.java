package dev.berth.protocol.hosts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.UncheckedIOException;

/** Writes hosts files. The operator compares their texts, so the same list gives the same text in every version. */
final class HostsYaml {
    static final String START = "---\n";

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .disable(Feature.WRITE_DOC_START_MARKER)
                    .disable(Feature.SPLIT_LINES)
                    .enable(Feature.LITERAL_BLOCK_STYLE)
                    .build())
            .registerModule(new Jdk8Module());

    private HostsYaml() {}

    static String write(Object document) {
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException never) {
            throw new UncheckedIOException("records of texts and numbers are YAML", never);
        }
    }
}
