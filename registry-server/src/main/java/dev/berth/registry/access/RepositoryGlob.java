package dev.berth.registry.access;

import dev.berth.registry.reference.RepositoryName;
import java.util.regex.Pattern;

/** Repositories by pattern: `*` stands for anything within one part of the name, `**` for anything at all. */
public final class RepositoryGlob {
    private final String glob;
    private final Pattern pattern;

    public RepositoryGlob(String glob) {
        this.glob = glob;
        this.pattern = Pattern.compile(expression(glob));
    }

    public boolean matches(String repository) {
        return glob.equals("**") || pattern.matcher(repository).matches();
    }

    /** Whether all that `other` matches is matched here, as far as their words tell. */
    public boolean covers(RepositoryGlob other) {
        return glob.equals("**") || glob.equals(other.glob);
    }

    /** Whether a repository can match whose name begins with this part; if in doubt it is true. */
    boolean mayMatchBelow(String firstPart) {
        var stars = glob.indexOf("**");
        var slash = glob.indexOf('/');
        if (stars >= 0 && (slash < 0 || stars < slash)) {
            return new RepositoryGlob(glob.substring(0, stars + 2)).matches(firstPart);
        }
        return slash >= 0 && new RepositoryGlob(glob.substring(0, slash)).matches(firstPart);
    }

    /** Whether there can be a repository of a name like this: a letter fits wherever anything else would. */
    public boolean canMatch() {
        return RepositoryName.isValid(glob.replaceAll("\\*+", "a"));
    }

    private static String expression(String glob) {
        var expression = new StringBuilder();
        for (var i = 0; i < glob.length(); i++) {
            if (glob.startsWith("**", i)) {
                expression.append(".*");
                i++;
            } else if (glob.charAt(i) == '*') {
                expression.append("[^/]*");
            } else {
                expression.append(Pattern.quote(glob.substring(i, i + 1)));
            }
        }
        return expression.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryGlob that && that.glob.equals(glob);
    }

    @Override
    public int hashCode() {
        return glob.hashCode();
    }

    @Override
    public String toString() {
        return glob;
    }
}
