package dev.berth.registry.transfer.layout;

import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.manifest.Descriptor;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.transfer.Problem;
import dev.berth.registry.transfer.Reporter;
import dev.berth.registry.transfer.TransferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Exports whole repositories to an image layout, with untagged manifests and referrers. Blobs that the target has are not written again, and
 * its index is written last: an export that was stopped can be run again and goes on.
 */
public final class ExportLayout {
    private static final int PAGE = 1000;

    private final Stores stores;
    private final PullBlob pull;
    private final LayoutTarget target;
    private final LayoutWriter writer;
    private final Reporter reporter;

    private final Map<Digest, Place> blobs = new HashMap<>();
    /** The repository that a blob is read from, and its size. */
    private record Place(RepositoryName repository, long sizeBytes) {}

    private long manifests;
    private long tags;

    public ExportLayout(Stores stores, LayoutTarget target, Reporter reporter) {
        this.stores = stores;
        this.pull = PullBlob.of(stores);
        this.target = target;
        this.writer = new LayoutWriter(target, reporter);
        this.reporter = reporter;
    }

    /** The names of all repositories. */
    public static List<RepositoryName> repositories(Stores stores) {
        return all(page -> stores.metadata().repositories().list(page), RepositoryName::value);
    }

    /** Exports these repositories. An empty list means all repositories, and removes others from the index of the target. */
    public ExportSummary run(List<RepositoryName> wanted) {
        if (!wanted.isEmpty()) {
            return run(wanted, wanted::contains);
        }
        var all = repositories(stores);
        if (all.isEmpty() && target.entries().stream().anyMatch(entry -> isOf(_ -> true, entry))) {
            throw new TransferException(
                    "There is no repository here, and " + target.name()
                            + " has some: they would leave its index. Is this the right data folder? Else export into a new one.");
        }
        return run(all, _ -> true);
    }

    /**
     * Exports these repositories.
     *
     * @param covered whether the export is about a repository in the index of the target. Such a repository is removed from the index
     *     unless it is exported now
     */
    public ExportSummary run(List<RepositoryName> names, Predicate<RepositoryName> covered) {
        writer.begin();
        reporter.begins(Reporter.Stage.READ_MANIFESTS, 0);
        var entries = new ArrayList<LayoutIndex.Entry>();
        target.entries().stream().filter(entry -> !isOf(covered, entry)).forEach(entries::add);
        names.forEach(name -> entries.addAll(readManifests(name)));

        reporter.begins(
                Reporter.Stage.TAKE_BLOBS,
                blobs.values().stream().mapToLong(Place::sizeBytes).sum());
        blobs.forEach((digest, place) ->
                pull.find(place.repository(), digest).ifPresent(bytes -> writer.blob(digest, bytes)));
        writer.finish(entries);
        return new ExportSummary(names.size(), manifests, tags, blobs.size(), writer.newBlobs(), writer.newBytes());
    }

    /** Writes the manifests of a repository and notes their blobs. Returns the entries for the index of the layout: a manifest that an image
     * index of the repository lists and that has no tag needs none. */
    private List<LayoutIndex.Entry> readManifests(RepositoryName repository) {
        if (!stores.metadata().repositories().exists(repository)) {
            throw new TransferException("There is no repository " + repository + " here.");
        }
        var tagged = tags(repository);
        var children = new HashSet<Digest>();
        var found = all(
                page -> stores.metadata().manifests().list(repository, page),
                descriptor -> descriptor.digest().toString());
        for (var descriptor : found) {
            stores.metadata().manifests().get(repository, descriptor.digest()).ifPresent(manifest -> {
                writer.manifest(manifest);
                children.addAll(note(repository, manifest).manifests());
                reporter.advances(1);
                manifests++;
            });
        }
        return found.stream()
                .flatMap(descriptor -> entries(repository, descriptor, tagged, children).stream())
                .toList();
    }

    private ManifestLinks note(RepositoryName repository, Manifest manifest) {
        var where = repository + "@" + manifest.digest();
        if (!(ReadManifest.of(manifest.digest(), manifest.bytes()) instanceof ReadManifest.Understood understood)) {
            throw new IllegalStateException(where + " was stored, so it can be read");
        }
        for (var blob : understood.links().blobs()) {
            pull.find(repository, blob)
                    .ifPresentOrElse(
                            bytes -> blobs.put(blob, new Place(repository, bytes.sizeBytes())),
                            () -> reporter.finds(
                                    new Problem(where, "the image is incomplete: the repository has no blob " + blob)));
        }
        understood
                .links()
                .optionalBlobs()
                .forEach(blob -> pull.find(repository, blob)
                        .ifPresent(bytes -> blobs.put(blob, new Place(repository, bytes.sizeBytes()))));
        return understood.links();
    }

    private Map<Digest, List<Tag>> tags(RepositoryName repository) {
        var found = new HashMap<Digest, List<Tag>>();
        for (var tag :
                all(page -> stores.metadata().tags().list(repository, page).orElseThrow(), Tag::value)) {
            stores.metadata()
                    .manifests()
                    .find(repository, tag)
                    .ifPresent(at -> found.computeIfAbsent(at.digest(), _ -> new ArrayList<>())
                            .add(tag));
            tags++;
        }
        return found;
    }

    private static List<LayoutIndex.Entry> entries(
            RepositoryName repository, Descriptor manifest, Map<Digest, List<Tag>> tagged, Set<Digest> children) {
        var digest = manifest.digest();
        var tags = tagged.getOrDefault(digest, List.of());
        var names = tags.isEmpty() && !children.contains(digest)
                ? List.of(new LayoutName(repository, digest))
                : tags.stream().map(tag -> new LayoutName(repository, tag)).toList();
        return names.stream()
                .map(name -> new LayoutIndex.Entry(
                        manifest.mediaType(), digest, manifest.sizeBytes(), Optional.of(name.toString())))
                .toList();
    }

    /** Names from other tools, such as a tag alone, belong to no repository. */
    private static boolean isOf(Predicate<RepositoryName> covered, LayoutIndex.Entry entry) {
        try {
            return entry.name()
                    .flatMap(name -> LayoutName.parse(name, Optional.empty()))
                    .filter(name -> covered.test(name.repository()))
                    .isPresent();
        } catch (InvalidReference e) {
            return false;
        }
    }

    private static <T> List<T> all(Function<PageRequest, Page<T>> list, Function<T, String> last) {
        var found = new ArrayList<T>();
        var page = list.apply(PageRequest.first(PAGE));
        found.addAll(page.items());
        while (page.more()) {
            page = list.apply(new PageRequest(PAGE, Optional.of(last.apply(found.getLast()))));
            found.addAll(page.items());
        }
        return found;
    }
}
