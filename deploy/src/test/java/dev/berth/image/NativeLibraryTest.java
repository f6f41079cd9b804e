package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NativeLibraryTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "sqlite-jdbc-3.50.3.0.jar,                                        SQLITE",
        "netty-transport-native-epoll-4.2.18.Final-linux-x86_64.jar,      EPOLL",
        "netty-tcnative-boringssl-static-2.0.74.Final-linux-x86_64.jar,   BORINGSSL",
    })
    void a_jar_with_a_library_is_known_by_its_name_whatever_its_version(String jar, NativeLibrary library) {
        assertThat(NativeLibrary.in(Path.of("/opt/berth/lib", jar))).contains(library);
    }

    @ParameterizedTest
    @CsvSource({"netty-transport-4.2.18.Final.jar", "my-sqlite-jdbc-1.jar", "berth-registry.jar"})
    void other_jars_have_none(String jar) {
        assertThat(NativeLibrary.in(Path.of(jar))).isEmpty();
    }

    @Test
    void the_library_is_taken_out_of_the_jar_to_where_the_jvm_looks_for_it() throws IOException {
        var jar = Jars.of(
                folder.resolve("sqlite-jdbc-1.jar"),
                Map.of("org/sqlite/native/Linux/x86_64/libsqlitejdbc.so", "library"));

        assertThat(NativeLibrary.SQLITE.of(jar)).isEqualTo("library".getBytes(StandardCharsets.UTF_8));
        assertThat(NativeLibrary.SQLITE.path()).isEqualTo("/opt/berth/native/libsqlitejdbc.so");
        assertThat(ImageSpec.server(folder).options())
                .contains("-Dorg.sqlite.lib.path=/opt/berth/native", "-Dorg.sqlite.lib.name=libsqlitejdbc.so");
    }

    @Test
    void a_jar_for_another_machine_is_refused_by_name() throws IOException {
        var jar = Jars.of(
                folder.resolve("sqlite-jdbc-1.jar"),
                Map.of("org/sqlite/native/Linux/aarch64/libsqlitejdbc.so", "library"));

        assertThatThrownBy(() -> NativeLibrary.SQLITE.of(jar))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageEndingWith("sqlite-jdbc-1.jar holds no org/sqlite/native/Linux/x86_64/libsqlitejdbc.so");
    }
}
