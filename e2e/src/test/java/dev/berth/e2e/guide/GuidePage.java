package dev.berth.e2e.guide;

import dev.berth.e2e.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A page of the documentation: its shell blocks (`console` with prompts, and `sh`) in their order. A comment, which a reader does not see, stands
 * before a block and decides about it:
 *
 * <pre>
 * &lt;!-- run: cluster -->           the suites on a cluster run it
 * &lt;!-- run: no, because … -->     nothing runs it
 * &lt;!-- run: typing a, b -->       somebody types these lines while it runs
 * &lt;!-- run: prepare               a script that only the tests run here; `prepare cluster` on a cluster
 * …
 * -->
 * </pre>
 */
public record GuidePage(Path file, List<Block> blocks) {
    private static final Set<String> SHELL = Set.of("console", "sh");
    private static final Set<String> UNCLEAR = Set.of("", "bash", "shell");
    private static final String FENCE = "```";
    private static final String COMMENT = "<!-- run:";
    private static final String COMMENT_END = "-->";
    private static final String BECAUSE = "no, because ";
    private static final String TYPING = "typing ";
    private static final String PREPARE = "prepare";

    /** The README and all guides. */
    public static List<GuidePage> all() throws IOException {
        var root = Checkout.root();
        try (var guides = Files.list(root.resolve("docs/guides"))) {
            return Stream.concat(
                            Stream.of(root.resolve("README.md")),
                            guides.filter(file -> file.toString().endsWith(".md"))
                                    .sorted())
                    .map(GuidePage::read)
                    .toList();
        }
    }

    /** The pages with blocks for a cluster, in the order in which the suites follow them. Each goes on where the one before has ended. */
    public static List<GuidePage> onCluster() {
        return Stream.of(
                        "README.md",
                        "docs/guides/push-from-ci.md",
                        "docs/guides/access.md",
                        "docs/guides/nodes.md",
                        "docs/guides/monitoring.md",
                        "docs/guides/free-space.md",
                        "docs/guides/mirror-docker-io.md",
                        "docs/guides/rotate-credentials.md",
                        "docs/guides/uninstall.md")
                .map(name -> read(Checkout.root().resolve(name)))
                .toList();
    }

    static GuidePage read(Path file) {
        try {
            return of(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GuidePage of(Path file, List<String> lines) {
        return new GuidePage(file, new Reader(lines).blocks());
    }

    /** Its path in the checkout. */
    public String name() {
        return Checkout.root().relativize(file).toString();
    }

    boolean has(Class<? extends Decision> kind) {
        return blocks.stream().anyMatch(block -> block.is(kind));
    }

    /** The blocks that a reader sees. */
    List<Block> visible() {
        return blocks.stream().filter(Block::visible).toList();
    }

    /** Reads a page from its first line to its last. */
    private static final class Reader {
        private final List<String> lines;
        private final List<Block> blocks = new ArrayList<>();
        private String comment = "";
        private int next;

        Reader(List<String> lines) {
            this.lines = lines;
        }

        List<Block> blocks() {
            while (next < lines.size()) {
                var line = lines.get(next++).strip();
                var indent = indent(lines.get(next - 1));
                if (line.startsWith(FENCE)) {
                    fence(line.substring(FENCE.length()).strip(), indent);
                } else if (line.startsWith(COMMENT)) {
                    comment(line.substring(COMMENT.length()).strip(), indent);
                } else if (!line.isEmpty()) {
                    unusedComment();
                }
            }
            unusedComment();
            return List.copyOf(blocks);
        }

        private void fence(String language, int indent) {
            var first = next + 1;
            var text = until(FENCE, indent);
            if (SHELL.contains(language)) {
                shell(first, language, text);
            } else if (UNCLEAR.contains(language)) {
                missing(first, "a block of commands is `console` or `sh`, and any other names its language or `text`");
            }
            comment = "";
        }

        private void shell(int first, String language, List<String> text) {
            var typed = comment.startsWith(TYPING)
                    ? List.of(comment.substring(TYPING.length()).split(", *"))
                    : List.<String>of();
            try {
                var steps = language.equals("sh") ? ShellText.script(first, text) : ShellText.console(first, text);
                blocks.add(new Block(first, true, decision(), typed, steps));
            } catch (IllegalArgumentException e) {
                missing(first, String.valueOf(e.getMessage()));
            }
        }

        private Decision decision() {
            if (comment.isEmpty() || comment.startsWith(TYPING)) {
                return new Decision.Run();
            }
            if (comment.equals("cluster")) {
                return new Decision.OnCluster();
            }
            return comment.startsWith(BECAUSE) && comment.length() > BECAUSE.length()
                    ? new Decision.Skip(comment.substring(BECAUSE.length()))
                    : new Decision.Missing("`run: %s` is not a decision".formatted(comment));
        }

        private void comment(String text, int indent) {
            unusedComment();
            if (text.endsWith(COMMENT_END)) {
                comment =
                        text.substring(0, text.length() - COMMENT_END.length()).strip();
                return;
            }
            var first = next + 1;
            var script = until(COMMENT_END, indent);
            switch (text) {
                case PREPARE -> prepare(new Decision.Run(), first, script);
                case PREPARE + " cluster" -> prepare(new Decision.OnCluster(), first, script);
                default -> missing(first, "`run: %s` is no script for the tests".formatted(text));
            }
        }

        private void prepare(Decision where, int first, List<String> script) {
            blocks.add(new Block(first, false, where, List.of(), ShellText.script(first, script)));
        }

        private void unusedComment() {
            if (!comment.isEmpty()) {
                missing(next, "no block follows `run: %s`".formatted(comment));
                comment = "";
            }
        }

        private void missing(int line, String problem) {
            blocks.add(new Block(line, true, new Decision.Missing(problem), List.of(), List.of()));
        }

        /** The lines before the one that is `end`, without their indent. That one is read, too. */
        private List<String> until(String end, int indent) {
            var from = next;
            while (next < lines.size() && !lines.get(next).strip().equals(end)) {
                next++;
            }
            return lines.subList(from, Math.min(next++, lines.size())).stream()
                    .map(line -> line.substring(Math.min(indent, indent(line))))
                    .toList();
        }

        private static int indent(String line) {
            return line.length() - line.stripLeading().length();
        }
    }
}
