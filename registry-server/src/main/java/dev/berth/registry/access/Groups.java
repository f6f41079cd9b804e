package dev.berth.registry.access;

import dev.berth.protocol.name.NearestName;
import dev.berth.registry.settings.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups that rules may name, with the users in each. A group holds users and never another group. */
public record Groups(Map<String, Set<String>> members) {
    public static final Groups NONE = new Groups(Map.of());

    public Groups {
        var copy = new LinkedHashMap<String, Set<String>>();
        members.forEach((group, users) -> copy.put(group, Collections.unmodifiableSet(new LinkedHashSet<>(users))));
        members = Collections.unmodifiableMap(copy);
    }

    /** Reads `{ci: [alice, bob]}`. */
    static Groups from(Section section) {
        var members = new LinkedHashMap<String, Set<String>>();
        section.textsByName("groups")
                .orElse(Map.of())
                .forEach((group, users) -> members.put(group, new LinkedHashSet<>(users)));
        return new Groups(members);
    }

    /** The groups that a user is in, in the order of the configuration. */
    public List<String> of(String user) {
        return members.keySet().stream()
                .filter(group -> members.getOrDefault(group, Set.of()).contains(user))
                .toList();
    }

    /** Reads the name of a group, such as `ci`, at the key `group` of a rule's subject. */
    Subject.Group subject(Section section, String name) {
        var users = members.get(name);
        if (users == null) {
            var meant = NearestName.of(name, members.keySet())
                    .map(nearest -> ", such as " + nearest)
                    .orElse("");
            throw section.wrong("group", "one of `access.groups`" + meant + ", not " + name);
        }
        return new Subject.Group(name, users);
    }
}
