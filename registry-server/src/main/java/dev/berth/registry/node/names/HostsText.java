package dev.berth.registry.node.names;

import dev.berth.registry.node.runtime.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of `/etc/hosts` (hosts(5)): Berth's block of lines, and what others wrote around it, which stays byte for byte. A new block comes first in
 * the file, so that it makes no difference whether the last line of others has an end.
 *
 * @param before what others wrote before the block
 * @param addresses what the block says
 * @param made whether Berth made the file
 * @param after what others wrote after the block; all of it if there is no block
 * @param flaw why the block must not be changed; empty if it is whole or absent
 */
record HostsText(
        String before, SortedMap<HostName, String> addresses, boolean made, String after, Optional<String> flaw) {
    static final String BEGIN = "# BEGIN Berth (berth.dev)";
    static final String END = "# END Berth (berth.dev)";
    private static final String FIRST_LINE =
            BEGIN + ": these lines go when their registries go, and changes to them are undone.\n";
    private static final String MADE = "# Berth made this file, and removes it.\n";

    /** `10.96.62.25 apps.team-a.svc`, with the registry's whole name behind it if it has a port, which the file has no place for. */
    private static final Pattern LINE = Pattern.compile("(\\S+) ([^\\s#]+)(?: # (\\S+))?");

    /** A file that does not exist. */
    static final HostsText ABSENT = new HostsText("", new TreeMap<>(), true, "", Optional.empty());

    /** Reads the text of a file that exists. */
    static HostsText parse(String text) {
        var lines = Stream.of(text.split("(?<=\n)")).toList();
        var begins = positions(lines, BEGIN);
        if (begins.isEmpty()) {
            return new HostsText("", new TreeMap<>(), false, text, Optional.empty());
        }
        var ends = positions(lines, END);
        int begin = begins.getFirst();
        if (begins.size() > 1 || ends.size() != 1 || ends.getFirst() < begin) {
            var addresses = addresses(lines.subList(begin + 1, lines.size()));
            return new HostsText("", addresses, false, "", Optional.of(flaw(begins, ends)));
        }
        int end = ends.getFirst();
        var block = lines.subList(begin + 1, end);
        return new HostsText(
                String.join("", lines.subList(0, begin)),
                addresses(block),
                block.contains(MADE),
                String.join("", lines.subList(end + 1, lines.size())),
                Optional.empty());
    }

    HostsText with(HostName host, String address) {
        var changed = new TreeMap<>(addresses);
        changed.put(host, address);
        return new HostsText(before, changed, made, after, flaw);
    }

    HostsText without(HostName host) {
        var changed = new TreeMap<>(addresses);
        changed.remove(host);
        return new HostsText(before, changed, made, after, flaw);
    }

    /** The text of the file; empty if the file is to be removed. */
    Optional<String> text() {
        if (addresses.isEmpty()) {
            return made && (before + after).isEmpty() ? Optional.empty() : Optional.of(before + after);
        }
        var block = addresses.entrySet().stream().map(HostsText::line).collect(Collectors.joining());
        return Optional.of(before + FIRST_LINE + (made ? MADE : "") + block + END + '\n' + after);
    }

    /** Who else gives a host's name an address, so that a second one would make it unclear which counts; empty if nobody does. */
    Optional<String> conflict(HostName host, String address) {
        var others = Stream.of(before, after)
                .flatMap(String::lines)
                .filter(line -> names(line).anyMatch(name -> name.equalsIgnoreCase(host.withoutPort())))
                .findFirst();
        if (others.isPresent()) {
            return Optional.of("has a line for " + host + " that Berth did not write ("
                    + others.get().strip() + ")");
        }
        return addresses.entrySet().stream()
                .filter(line -> !line.getKey().equals(host)
                        && line.getKey().withoutPort().equals(host.withoutPort())
                        && !line.getValue().equals(address))
                .findFirst()
                .map(line -> "has the address " + line.getValue() + " for " + line.getKey() + ", and " + host
                        + " is at " + address + "; one name has one address there, whatever the port");
    }

    private static List<Integer> positions(List<String> lines, String beginning) {
        var positions = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning)) {
                positions.add(i);
            }
        }
        return positions;
    }

    private static String flaw(List<Integer> begins, List<Integer> ends) {
        var what = begins.size() > 1
                ? "has more than one line that begins a block of Berth"
                : ends.isEmpty()
                        ? "has a block of Berth without its last line (" + END + ")"
                        : "has a line that ends a block of Berth in the wrong place";
        return what + "; delete the lines that begin and end it and those between, and Berth writes the block again";
    }

    private static SortedMap<HostName, String> addresses(List<String> lines) {
        var addresses = new TreeMap<HostName, String>();
        for (var text : lines) {
            var line = LINE.matcher(text.strip());
            if (line.matches()) {
                var name = Optional.ofNullable(line.group(3)).orElse(line.group(2));
                if (HostName.accepts(name)) {
                    addresses.put(new HostName(name), line.group(1));
                }
            }
        }
        return addresses;
    }

    private static String line(Map.Entry<HostName, String> line) {
        var host = line.getKey();
        var comment = host.withoutPort().equals(host.text()) ? "" : " # " + host;
        return line.getValue() + ' ' + host.withoutPort() + comment + '\n';
    }

    /** The names in a line of hosts(5): an address, and then one or more names. */
    private static Stream<String> names(String line) {
        return Stream.of(line.replaceFirst("#.*", "").strip().split("\\s+")).skip(1);
    }
}
