package dev.berth.registry.upstream.images;

import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;

/** Repositories of an upstream: one by its name, or all below a name, one level deep (`library/*`) or at any depth (`library/**`). */
public sealed interface RepositoryPattern {
    record Exactly(RepositoryName name) implements RepositoryPattern {
        @Override
        public boolean matches(RepositoryName repository) {
            return name.equals(repository);
        }

        @Override
        public String toString() {
            return name.value();
        }
    }

    record Below(RepositoryName name, boolean anyDepth) implements RepositoryPattern {
        @Override
        public boolean matches(RepositoryName repository) {
            var prefix = name.value() + "/";
            return repository.value().startsWith(prefix)
                    && (anyDepth || repository.value().indexOf('/', prefix.length()) < 0);
        }

        @Override
        public String toString() {
            return name + (anyDepth ? "/**" : "/*");
        }
    }

    boolean matches(RepositoryName repository);

    /**
     * Reads `library/nginx`, `library/*` or `library/**`.
     *
     * @throws InvalidReference with what was expected
     */
    static RepositoryPattern parse(String text) {
        if (text.endsWith("/**")) {
            return new Below(new RepositoryName(text.substring(0, text.length() - 3)), true);
        }
        if (text.endsWith("/*")) {
            return new Below(new RepositoryName(text.substring(0, text.length() - 2)), false);
        }
        return new Exactly(new RepositoryName(text));
    }
}
