package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where repositories, tags and manifests are stored. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.postgresql) == has(oldSelf.postgresql)",
        message = "the metadata of a Registry cannot move between SQLite and PostgreSQL; copy its images to a new"
                + " Registry")
public record Metadata(
        @Nullable @JsonPropertyDescription("A database on a PostgreSQL server. More than one replica needs it.")
        Postgresql postgresql) {
    /** A database that several servers of one registry share. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Postgresql(
            @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Host name or address of the server.")
            String host,

            @Min(1) @Max(65535) @Default("5432") @JsonPropertyDescription("Port of the server.")
            Integer port,

            @Size(min = 1, max = 63)
            @Default("berth")
            @JsonPropertyDescription("Name of the database. It must exist. Berth creates the tables.")
            String database,

            @Required @JsonPropertyDescription("A Secret in the registry's namespace with keys username and password.")
            SecretReference credentialsSecretRef,

            @Default("VerifyFull")
            @JsonPropertyDescription("How much of the server's certificate is checked: Disable (plain text), Require"
                    + " (encrypted, unchecked), VerifyCa, VerifyFull (its name too).")
            SslMode sslMode) {
        public Postgresql {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(credentialsSecretRef, "credentialsSecretRef");
            port = port == null ? 5432 : port;
            database = database == null ? "berth" : database;
            sslMode = sslMode == null ? SslMode.VERIFY_FULL : sslMode;
        }
    }

    /** How much of the database server's certificate is checked; PostgreSQL's own words. */
    public enum SslMode {
        @JsonProperty("Disable")
        DISABLE,

        @JsonProperty("Require")
        REQUIRE,

        @JsonProperty("VerifyCa")
        VERIFY_CA,

        @JsonProperty("VerifyFull")
        VERIFY_FULL
    }
}
