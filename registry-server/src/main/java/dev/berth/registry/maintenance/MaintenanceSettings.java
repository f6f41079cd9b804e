package dev.berth.registry.maintenance;

import dev.berth.registry.settings.Section;
import java.time.Duration;

/** When the server tidies up by itself, and what it may take. */
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
     * @param enabled  false leaves it to the command `collect`
     * @param interval about so long from one run to the next
     */
    public record CollectionSettings(boolean enabled, Duration interval) {
        public static final CollectionSettings DEFAULT = new CollectionSettings(true, Duration.ofHours(1));

        static CollectionSettings from(Section section) {
            return new CollectionSettings(
                    section.flag("enabled").orElse(DEFAULT.enabled),
                    section.duration("interval").orElse(DEFAULT.interval));
        }
    }

    /**
     * What becomes of manifests that no tag names, no index lists and no living subject has as its referrer.
     *
     * @param remove whether collection takes them
     * @param after  once they have been so for this long
     */
    public record UntaggedSettings(boolean remove, Duration after) {
        public static final UntaggedSettings DEFAULT = new UntaggedSettings(false, Duration.ofDays(1));

        static UntaggedSettings from(Section section) {
            var policy = section.text("policy").orElse("keep");
            if (!policy.equals("keep") && !policy.equals("remove")) {
                throw section.wrong("policy", "keep or remove");
            }
            return new UntaggedSettings(
                    policy.equals("remove"), section.duration("after").orElse(DEFAULT.after));
        }
    }
}
