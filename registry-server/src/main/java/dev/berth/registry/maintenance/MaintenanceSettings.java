package dev.berth.registry.maintenance;

import dev.berth.registry.settings.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the server collects, and what it deletes. */
public record MaintenanceSettings(CollectionSettings collection, UntaggedSettings untagged) {
    public static final MaintenanceSettings DEFAULT =
            new MaintenanceSettings(CollectionSettings.DEFAULT, UntaggedSettings.DEFAULT);

    public static MaintenanceSettings from(Section section) {
        return new MaintenanceSettings(
                section.section("collection", CollectionSettings::from).orElse(DEFAULT.collection),
                section.section("untagged", UntaggedSettings::from).orElse(DEFAULT.untagged));
    }

    /**
     * Collection on a schedule.
     *
     * @param enabled  if false, only the command `collect` collects
     * @param interval the approximate time between two collections
     */
    public record CollectionSettings(boolean enabled, Duration interval) {
        static final CollectionSettings DEFAULT = new CollectionSettings(true, Duration.ofHours(1));

        static CollectionSettings from(Section section) {
            return new CollectionSettings(
                    section.flag("enabled").orElse(DEFAULT.enabled),
                    section.duration("interval").orElse(DEFAULT.interval));
        }
    }

    /**
     * What happens to manifests that no tag, index or existing subject needs.
     *
     * @param remove whether collection deletes them
     * @param after  they are deleted when they have been unreferenced for this long
     */
    public record UntaggedSettings(boolean remove, Duration after) {
        static final UntaggedSettings DEFAULT = new UntaggedSettings(false, Duration.ofDays(1));

        static UntaggedSettings from(Section section) {
            var policy = section.text("policy").orElse("keep");
            if (!policy.equals("keep") && !policy.equals("remove")) {
                throw section.wrong("policy", "keep or remove");
            }
            return new UntaggedSettings(
                    policy.equals("remove"), section.duration("after").orElse(DEFAULT.after));
        }

        /** Since when a manifest must be unreferenced so that a collection at `now` deletes it; empty if none are deleted. */
        Optional<Instant> due(Instant now) {
            return remove ? Optional.of(now.minus(after)) : Optional.empty();
        }
    }
}
